using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.App;

/// <summary>Audits.</summary>
internal sealed partial class EngineWorkbench
{
    public Task<Outcome<AuditReport>> AuditAsync(AuditFixing fixing, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.Audit(new AuditRequest(request.Folder) { Fixing = fixing }).RunAsync(progress, cancellation);

    public Task<Outcome<AuditFixesReport>> SafeFixesAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.AuditFixes(new AuditFixRequest(request.Folder, []) { Scope = AuditFixScope.Safe }).RunAsync(progress, cancellation);

    public Task<Outcome<string>> ExportAuditAsync(AuditReport report, string file, CancellationToken cancellation) =>
        client.WriteAudit(report, Path.GetFullPath(file, report.Folder)).RunAsync(Silence.Instance, cancellation);
}
