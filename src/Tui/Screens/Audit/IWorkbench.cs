using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens;

/// <summary>What the audit asks of the engine.</summary>
internal partial interface IWorkbench
{
    /// <summary>Looks at the locked packages, from this machine alone.</summary>
    Task<Outcome<AuditReport>> AuditAsync(AuditFixing fixing, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>One change for all findings that the lockfile alone fixes.</summary>
    Task<Outcome<AuditFixesReport>> SafeFixesAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>Writes an audit into a file of the project, in the form that its ending says.</summary>
    /// <returns>The file, absolute.</returns>
    Task<Outcome<string>> ExportAuditAsync(AuditReport report, string file, CancellationToken cancellation);
}
