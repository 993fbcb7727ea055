using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Review;

/// <summary>The known flaws that a solved plan brings in and takes out.</summary>
/// <param name="Revision">Of the plan that is asked about.</param>
internal sealed record WeighPlan(int Revision, ChangePlan Plan) : Inquiry
{
    public override bool IsMinor => true;

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new PlanWeighed(Revision, await workbench.WeighAsync(Plan, cancellation).ConfigureAwait(false));
}

internal sealed record PlanWeighed(int Revision, Outcome<AdvisoryShift> Outcome) : News
{
    public override Step Reach(AppState state) => (Outcome, state.Plan.Solved) switch
    {
        (Outcome<AdvisoryShift>.Done(var shift), { } plan) when Revision == state.Plan.Revision =>
            state with { Plan = state.Plan with { Result = new Outcome<ChangePlan>.Done(plan with { Advisories = shift }) } },
        (Outcome<AdvisoryShift>.Failed(var problem), not null) => state.Say(Notice.Of(problem)),
        _ => state,
    };
}
