using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Project;

namespace Registry.Tui.Screens.Review;

/// <summary>Does exactly what the plan says; the only thing on the screen that changes a project, with <see cref="Travel"/>.</summary>
internal sealed record ApplyPlan(ChangePlan Plan) : Inquiry
{
    public override bool Writes => true;

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Applied(await workbench.ApplyAsync(Plan, progress, cancellation).ConfigureAwait(false));
}

internal sealed record Applied(Outcome<ChangeReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, ChangeSummary.Of);

    public override Step Reach(AppState state)
    {
        var isWatched = state.Top is ApplyPage;
        state = state with { Pages = [.. state.Pages.Where(page => page is not ApplyPage).Reverse()] };
        return Outcome switch
        {
            Outcome<ChangeReport>.Done done => (ConflictsScreen.Forget(state) with { Plan = state.Plan.Cleared(), Pages = isWatched ? [] : state.Pages, Applied = Math.Max(0, state.Applied) + 1 })
                .Say(Notice.Done($"Applied: {ChangeSummary.Of(done.Report)}. {state.KeyOf(Command.Undo)} takes it back"))
                .Do(new OpenProject()),
            // Kept with the plan: the notice is one line and goes with the next key.
            Outcome<ChangeReport>.Failed failed => Failed(state, failed.Problem),
            _ => state.Say(Notice.Note("Stopped. Nothing was changed; the plan is still staged")),
        };
    }

    /// <summary>Here nothing is run again: another program changed the project, and reading it plans anew.</summary>
    private static Step Failed(AppState state, Problem problem)
    {
        var told = problem.Code == ProblemCode.ProjectBusy ? problem with { Hint = $"{state.KeyOf(Command.Refresh)} reads the project again, and what is staged is planned anew" } : problem;
        return (state with { Plan = state.Plan with { Result = new Outcome<ChangePlan>.Failed(told) } }).Say(Notice.Of(told));
    }
}
