using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project in it or above it says where names come from.</param>
/// <param name="Constraint">Only versions it admits; null for all.</param>
public sealed record VersionsRequest(string Folder, PackageName Name, Constraint? Constraint = null, string? Registry = null);

/// <summary>Every version of a package, newest first.</summary>
/// <param name="Locked">Versions that the project at hand uses.</param>
public sealed record VersionsReport(
    PackageName Name, string Registry, ImmutableArray<Release> Releases, SemanticVersion? Latest, ImmutableArray<SemanticVersion> Locked) : IReport
{
    public string Kind => "versions";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, Name.Value);
        json.WriteString("registry"u8, Registry);
        json.WriteString("latest"u8, Latest?.ToString());
        json.WriteStrings("locked", Locked.Select(version => version.ToString()));
        json.WriteStartArray("versions"u8);
        foreach (var release in Releases)
        {
            json.WriteStartObject();
            json.WriteString("version"u8, release.Id.Version.ToString());
            json.WriteString("status"u8, release.Status.ToString().ToLowerInvariant());
            json.WriteString("published"u8, release.Published is { } time ? FeedJson.Time(time) : null);
            json.WriteBoolean("prerelease"u8, release.Id.Version.IsPrerelease);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn versions`.</summary>
internal sealed class Versions(RegistryClient client, VersionsRequest request) : Query<VersionsReport>
{
    protected override async Task<VersionsReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var sources = ReleaseLookup.Open(client, request.Folder, out var project);
        var package = await ReleaseLookup.ReadAsync(sources, request.Name, request.Registry, cancellation).ConfigureAwait(false);
        var releases = package.Index.Releases.Where(release => request.Constraint?.Admits(release.Id.Version) ?? true).Reverse();
        return new(
            package.Key.Name, ((PackageSource.Feed)package.Source).Registry, [.. releases], package.Index.Latest?.Id.Version,
            ReleaseLookup.Locked(project, request.Name));
    }
}
