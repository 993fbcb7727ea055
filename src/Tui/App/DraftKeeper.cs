using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Review;

namespace Registry.Tui.App;

/// <summary>Keeps what is staged, so that it outlives the program, however that ends.</summary>
internal sealed class DraftKeeper(IWorkbench workbench, EffectRunner effects)
{
    private ImmutableArray<PlanStep> steps = StagedPlan.Empty.Steps;
    private WishList wishes = WishList.Empty;
    private object? read;
    private bool wasBusy;
    private int number;

    /// <summary>
    /// When something else is staged than the last time, and when the project is not as it was: another program that
    /// applied its plan took the draft away, and it may have been this one.
    /// </summary>
    public void Keep(AppState state)
    {
        var now = ConflictsScreen.Of(state).Wishes;
        var isBusy = state.Plan.Result is Outcome<ChangePlan>.Failed { Problem.Code: ProblemCode.ProjectBusy };
        var isElsewhere = !state.Plan.Steps.IsEmpty && ((isBusy && !wasBusy) || !ReferenceEquals(read, state.Facts));
        (read, wasBusy) = (state.Facts, isBusy);
        if (state.Plan.Steps != steps || now != wishes || isElsewhere)
        {
            (steps, wishes) = (state.Plan.Steps, now);
            effects.Start(new KeepDraft(Drafting.Of(state), ++number));
        }
    }

    /// <summary>The one that is on its way may be cut off when we leave.</summary>
    public void KeepLast(AppState state)
    {
        if (number > 0)
        {
            workbench.KeepDraftAsync(Drafting.Of(state), ++number).GetAwaiter().GetResult();
        }
    }
}
