using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>Asks for the next thing worth showing of a conflict; repairs come one by one. A newer question takes its place.</summary>
internal sealed record TalkOver(ImmutableArray<ProjectEdit> Edits, ImmutableArray<Wish> Wishes) : Inquiry
{
    public override string Replaces => nameof(TalkOver);

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new TalkedOver(Edits, Wishes, await workbench.TalkOverAsync(Edits, Wishes, cancellation).ConfigureAwait(false));
}

internal sealed record TalkedOver(ImmutableArray<ProjectEdit> Edits, ImmutableArray<Wish> Wishes, Outcome<ConflictReport> Outcome) : News
{
    public override Step Reach(AppState state)
    {
        var screen = ConflictsScreen.Of(state);
        if (!Edits.SequenceEqual(screen.Edits) || !Wishes.SequenceEqual(screen.Wishes.Wishes))
        {
            return state;
        }

        switch (Outcome)
        {
            case Outcome<ConflictReport>.Done { Report: var report }:
                var isDone = report.State is null or { IsComplete: true };
                state = state.Put(screen with { Report = report, Trouble = null, IsAsking = !isDone });
                return isDone ? state : state.Do(new TalkOver(Edits, Wishes));
            case Outcome<ConflictReport>.Failed failed:
                return state.Put(screen with { Trouble = failed.Problem, IsAsking = false }).Say(Notice.Of(failed.Problem));
            default:
                return state;
        }
    }
}
