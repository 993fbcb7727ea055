using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    public Task<Outcome<ContentsReport>> ReadContentsAsync(
        PackageId package, ContentsReach reach, string? file, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        LookAsync(look => look.Contents(package.Name, package.Version, reach, file).RunAsync(progress, cancellation));

    public Task<Outcome<ReleaseDifferenceReport>> CompareAsync(
        PackageName name, SemanticVersion from, SemanticVersion to, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        LookAsync(look => look.Difference(name, from, to).RunAsync(progress, cancellation));

    public Task<Outcome<AuditReport>> ReadAdvisoriesAsync(CancellationToken cancellation) =>
        client.Audit(new AuditRequest(request.Folder) { Fixing = AuditFixing.None }).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<FitReport>> TryFitAsync(PackageName name, CancellationToken cancellation) =>
        LookAsync(look => look.Fit(new FitRequest(name)).RunAsync(Silence.Instance, cancellation));
}
