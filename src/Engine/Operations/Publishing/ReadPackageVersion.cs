using Registry.Engine.Model;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>The version in the manifest of what would be published.</summary>
internal sealed class ReadPackageVersion(RegistryClient client, PublishRequest request) : Query<SemanticVersion>
{
    protected override Task<SemanticVersion> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.FromResult(PublishOrder.Of(OpenedProject.Open(request.Folder, client.Disk), request)[0].Manifest.Package!.Version);
}
