using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    public Task<Outcome<ContentsReport>> ReadContentsAsync(
        PackageId package, ContentsReach reach, string? file, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Look.Contents(package.Name, package.Version, reach, file).RunAsync(progress, cancellation);

    public Task<Outcome<ReleaseDifferenceReport>> CompareAsync(
        PackageName name, SemanticVersion from, SemanticVersion to, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Look.Difference(name, from, to).RunAsync(progress, cancellation);

    public Task<Outcome<AuditReport>> ReadAdvisoriesAsync(CancellationToken cancellation) =>
        client.Audit(new AuditRequest(request.Folder) { Fixing = AuditFixing.None }).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<FitReport>> TryFitAsync(PackageName name, CancellationToken cancellation) =>
        Look.Fit(new FitRequest(name)).RunAsync(Silence.Instance, cancellation);
}
