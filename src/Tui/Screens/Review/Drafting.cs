using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Screens.Conflicts;

namespace Registry.Tui.Screens.Review;

/// <summary>The staged plan as a draft, and back.</summary>
internal static class Drafting
{
    public static PlanDraft Of(AppState state) => new(
        [.. state.Plan.Steps.Select(step => new DraftStep(step.Sign, step.Words, step.Subject?.Value, step.Edits))],
        ConflictsScreen.Of(state).Wishes.Wishes, "");

    /// <summary>Stages a draft again, which solves it anew; nothing of it is applied.</summary>
    public static Step Restage(AppState state, FoundDraft found)
    {
        if (!state.Plan.Steps.IsEmpty || found.Draft.IsEmpty)
        {
            return state;
        }

        state = state.Put(ConflictsScreen.Of(state) with { Wishes = WishList.Of(found.Draft.Wishes) });
        state = state with { Plan = found.Draft.Steps.Aggregate(state.Plan, (plan, step) => plan.With(StepOf(step))) };
        var count = Staging.Count(found.Draft.Steps.Length, "step", "steps");
        return Staging.Solve(state.Say(Notice.Note(found.IsStale
            ? $"a draft of {count} is staged again; the project has changed since, so it is solved anew: p reviews"
            : $"a draft of {count} is staged again: p reviews, u drops the last step")));
    }

    private static PlanStep StepOf(DraftStep step) =>
        new(step.Sign, step.Words, step.Subject is { } subject && PackageName.TryParse(subject, out var name) ? name : null, step.Edits);
}

/// <summary>Looks for a plan that was left staged.</summary>
internal sealed record ReadDraft : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new DraftRead(await workbench.ReadDraftAsync(cancellation).ConfigureAwait(false));
}

internal sealed record DraftRead(Outcome<FoundDraft?> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<FoundDraft?>.Done { Report: { } found } => Drafting.Restage(state, found),
        Outcome<FoundDraft?>.Failed failed => state.Say(Notice.Of(failed.Problem)),
        _ => state,
    };
}

/// <summary>Keeps the staged plan for the next time.</summary>
/// <param name="Number">Counts up; of two at the same time the older writes nothing.</param>
internal sealed record KeepDraft(PlanDraft Draft, int Number) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new DraftKept(await workbench.KeepDraftAsync(Draft, Number).ConfigureAwait(false));
}

internal sealed record DraftKept(Outcome<FoundDraft?> Outcome) : News
{
    public override Step Reach(AppState state) =>
        Outcome is Outcome<FoundDraft?>.Failed failed && !state.Plan.Steps.IsEmpty ? state.Say(Notice.Of(failed.Problem)) : state;
}
