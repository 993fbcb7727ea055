using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens;

/// <summary>What the pages of packages ask.</summary>
internal partial interface IWorkbench
{
    /// <summary>README and files of a release.</summary>
    /// <param name="file">A file to read besides the README; null for none.</param>
    Task<Outcome<ContentsReport>> ReadContentsAsync(
        PackageId package, ContentsReach reach, string? file, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    Task<Outcome<ReleaseDifferenceReport>> CompareAsync(
        PackageName name, SemanticVersion from, SemanticVersion to, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>What advisories on this machine say of the locked packages.</summary>
    Task<Outcome<AuditReport>> ReadAdvisoriesAsync(CancellationToken cancellation);

    /// <summary>What adding a package would do to the project.</summary>
    Task<Outcome<FitReport>> TryFitAsync(PackageName name, CancellationToken cancellation);
}
