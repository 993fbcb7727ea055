using Registry.Engine.Operations;

namespace Registry.Tui.Screens;

internal partial interface IWorkbench
{
    /// <summary>The known flaws that a plan brings in and takes out; only this machine is asked.</summary>
    Task<Outcome<AdvisoryShift>> WeighAsync(ChangePlan plan, CancellationToken cancellation);

    /// <summary>The plan that was left staged the last time; null when there is none.</summary>
    Task<Outcome<FoundDraft?>> ReadDraftAsync(CancellationToken cancellation);

    /// <summary>Keeps a plan for the next time, or takes the one that is kept away when it is empty. Once begun it is not cancelled.</summary>
    Task<Outcome<FoundDraft?>> KeepDraftAsync(PlanDraft draft, int number);
}
