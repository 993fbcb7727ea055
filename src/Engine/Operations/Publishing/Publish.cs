using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the package is in it or above it.</param>
public sealed record PublishRequest(string Folder)
{
    public PackageName? Member { get; init; }

    /// <summary>Null for the one the package's name is routed to.</summary>
    public string? Registry { get; init; }
}

/// <summary>What will be, or was, published.</summary>
/// <param name="Feed">The folder of the registry's feed.</param>
/// <param name="IsNew">False when the registry had the very same archive already.</param>
public sealed record PublishReport(PackReport Archive, string Registry, string Feed, bool IsNew) : IReport
{
    public string Kind => "publish";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("registry"u8, Registry);
        json.WriteString("feed"u8, Feed);
        json.WriteBoolean("new"u8, IsNew);
        Archive.WriteTo(json);
    }
}

/// <summary>`cairn publish`, to a registry that is a folder. Planning packs and checks all that the feed would refuse.</summary>
internal sealed class Publish(RegistryClient client, PublishRequest request) : Change<PublishReport, PublishReport>
{
    public override Task<PublishReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () => PlanNowAsync(cancellation), cancellation);

    public override Task<PublishReport> ApplyAsync(PublishReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var writer = FeedWriter.Open(plan.Feed, client.Settings.Clock);
            var added = writer.Add([plan.Archive.Bytes], cancellation);
            return plan with { IsNew = added[0].IsNew };
        },
        cancellation);

    private async Task<PublishReport> PlanNowAsync(CancellationToken cancellation)
    {
        var packed = PackedPackage.Of(client, request.Folder, request.Member, cancellation);
        Refuse(packed.Package);
        using var sources = client.Sources(Project.Find(request.Folder), null, []);
        var (registry, folder) = FeedRegistry.Folder(sources, packed.Id.Name, request.Registry);
        var isNew = await IsNewAsync(sources, registry, packed, cancellation).ConfigureAwait(false);
        return new(Pack.Report(packed, Path.Combine(packed.Folder, packed.FileName)), registry, folder, isNew);
    }

    private static void Refuse(PackageMetadata package)
    {
        if (package.IsPrivate)
        {
            throw new Problem(
                ProblemCode.ManifestInvalid, $"`{package.Name}` is private", "take `private = true` out of [package] to publish it").Raise();
        }
    }

    private static async Task<bool> IsNewAsync(PackageSources sources, string registry, PackedPackage packed, CancellationToken cancellation)
    {
        var key = new PackageKey(packed.Id.Name, new DependencyOrigin.Feed(registry));
        var answer = (await sources.ReadAllAsync([key], Silence.Instance, cancellation).ConfigureAwait(false))[0];
        var there = answer.Package?.Index.Releases.FirstOrDefault(release => release.Id.Version == packed.Id.Version);
        return there is null || (there.Archive?.Hash == packed.Archive.Reference.Hash
            ? false
            : throw new Problem(
                ProblemCode.VersionExists, $"{packed.Id} is published in `{registry}` already, with other content",
                "a version never changes: raise `version` in the manifest and publish that").Raise());
    }
}
