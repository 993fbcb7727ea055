using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Conflicts;

namespace Registry.Tui.Screens.Review;

/// <summary>What all staged edits come to; none of them means an install. Takes the place of a planning still going on.</summary>
/// <param name="Revision">Of the plan that is asked about.</param>
internal sealed record MakePlan(int Revision, ImmutableArray<ProjectEdit> Edits) : Inquiry
{
    /// <summary>What must stay and what must not be.</summary>
    public ImmutableArray<Wish> Wishes { get; init; } = [];

    public override string Replaces => nameof(MakePlan);

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Planned(Revision, await workbench.PlanAsync(Edits, Wishes, cancellation).ConfigureAwait(false));
}

internal sealed record Planned(int Revision, Outcome<ChangePlan> Outcome) : News
{
    public override Step Reach(AppState state)
    {
        if (Revision != state.Plan.Revision)
        {
            return state;
        }

        var opens = state.ShowsConflict && state.Pages.IsEmpty;
        state = state with { Plan = state.Plan with { Result = Outcome }, ShowsConflict = false };
        if (state.Plan.Conflict is not null)
        {
            return ConflictsScreen.Talk(opens ? ConflictsScreen.Show(state).State : state);
        }

        return Outcome is Outcome<ChangePlan>.Failed { Problem: { Detail: null } problem } ? state.Say(Notice.Of(problem)) : state;
    }
}
