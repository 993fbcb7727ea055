using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Writing;

namespace Registry.Engine.Operations;

public enum YankAction
{
    Yank,
    Unyank,
}

/// <param name="Folder">Absolute; the project in it or above it says where names come from.</param>
/// <param name="Reason">Shown to whoever has the version locked; empty for an unyank.</param>
public sealed record YankRequest(string Folder, PackageId Package, YankAction Action, string Reason)
{
    /// <summary>Null for the one the package's name is routed to; ignored when <see cref="Feed"/> is given.</summary>
    public string? Registry { get; init; }

    /// <summary>The feed's own folder, absolute.</summary>
    public string? Feed { get; init; }

    /// <summary>When it happened; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What will be, or was, marked.</summary>
public sealed record YankReport(PackageId Package, YankAction Action, string Reason, string Feed) : IReport
{
    public string Kind => "yank";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("action"u8, Action.ToString().ToLowerInvariant());
        json.WriteString("name"u8, Package.Name.Value);
        json.WriteString("version"u8, Package.Version.ToString());
        json.WriteString("reason"u8, Reason);
        json.WriteString("feed"u8, Feed);
    }
}

/// <summary>`cairn yank` and `cairn unyank`: hides a version from new resolutions, or shows it again.</summary>
internal sealed class Yank(RegistryClient client, YankRequest request) : Change<YankReport, YankReport>
{
    public override async Task<YankReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var sources = request.Feed is { } folder ? client.SourcesOf(folder) : ReleaseLookup.Open(client, request.Folder, out _);
        var registry = request.Feed is null ? request.Registry : RegistryClient.FeedName;
        var package = await ReleaseLookup.ReadAsync(sources, request.Package.Name, registry, cancellation).ConfigureAwait(false);
        var release = ReleaseLookup.Find(package, request.Package.Version);
        var feed = request.Feed ?? FeedRegistry.Folder(sources, request.Package.Name, registry).Folder;
        return new(release.Id, request.Action, request.Reason, feed);
    }

    public override Task<YankReport> ApplyAsync(YankReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var writer = FeedWriter.Open(plan.Feed, FixedClock.At(request.At, client.Settings.Clock));
            if (plan.Action == YankAction.Yank)
            {
                writer.Yank(plan.Package, plan.Reason);
            }
            else
            {
                writer.Unyank(plan.Package);
            }

            return plan;
        },
        cancellation);
}
