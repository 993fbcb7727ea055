using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Package;

/// <summary>What advisories on this machine say of the locked packages. No network, and no search for fixes: that is the Audit screen's.</summary>
internal sealed record ReadAdvisories : Inquiry
{
    public override string? Replaces => "advisories";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new AdvisoriesRead(await workbench.ReadAdvisoriesAsync(cancellation).ConfigureAwait(false));
}

internal sealed record AdvisoriesRead(Outcome<AuditReport> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome is Outcome<AuditReport>.Cancelled ? state : state with { Looks = state.Looks with { Advisories = Outcome } };
}
