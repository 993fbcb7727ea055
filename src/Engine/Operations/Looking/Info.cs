using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project in it or above it says where names come from.</param>
/// <param name="Version">Null for the newest that may be chosen.</param>
/// <param name="Registry">Null for the one the name is routed to.</param>
public sealed record InfoRequest(string Folder, PackageName Name, SemanticVersion? Version = null, string? Registry = null);

/// <summary>What is known of one release of a package.</summary>
/// <param name="Locked">Versions that the project at hand uses.</param>
/// <param name="Latest">The newest that may be chosen; null when none may.</param>
public sealed record InfoReport(
    Release Release, string Registry, SemanticVersion? Latest, int Versions, ImmutableArray<SemanticVersion> Locked) : IReport
{
    public string Kind => "info";

    public void WriteTo(Utf8JsonWriter json)
    {
        var details = Release.Details;
        json.WriteString("name"u8, Release.Id.Name.Value);
        json.WriteString("version"u8, Release.Id.Version.ToString());
        json.WriteString("registry"u8, Registry);
        json.WriteString("status"u8, Release.Status.ToString().ToLowerInvariant());
        json.WriteString("status_reason"u8, details.Reason?.Text);
        json.WriteString("published"u8, Release.Published is { } time ? FeedJson.Time(time) : null);
        json.WriteString("latest"u8, Latest?.ToString());
        json.WriteNumber("versions"u8, Versions);
        json.WriteStrings("locked", Locked.Select(version => version.ToString()));
        json.WriteString("description"u8, details.Description);
        json.WriteString("license"u8, details.License);
        json.WriteString("repository"u8, details.Repository);
        json.WriteString("homepage"u8, details.Homepage);
        json.WriteString("documentation"u8, details.Documentation);
        json.WriteStrings("keywords", details.Keywords);
        json.WriteString("checksum"u8, details.Archive?.Hash.ToString());
        json.WriteOptional("bytes", details.Archive?.Size);
        json.WriteStartObject("engines"u8);
        foreach (var (engine, constraint) in details.Engines)
        {
            json.WriteString(engine, constraint.Text);
        }

        json.WriteEndObject();
        json.WriteStartObject("features"u8);
        foreach (var (feature, entries) in details.Features)
        {
            json.WriteStrings(feature, entries);
        }

        json.WriteEndObject();
        json.WriteStartArray("dependencies"u8);
        foreach (var dependency in details.Dependencies)
        {
            WriteDependency(json, dependency);
        }

        json.WriteEndArray();
    }

    private static void WriteDependency(Utf8JsonWriter json, Dependency dependency)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, dependency.Name.Value);
        json.WriteString("constraint"u8, dependency.Constraint.Text);
        json.WriteString("group"u8, dependency.Group.ToString().ToLowerInvariant());
        json.WriteBoolean("optional"u8, dependency.IsOptional);
        json.WriteStrings("features", dependency.Features);
        json.WriteEndObject();
    }
}

/// <summary>`cairn info`.</summary>
internal sealed class Info(RegistryClient client, InfoRequest request) : Query<InfoReport>
{
    protected override async Task<InfoReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var sources = ReleaseLookup.Open(client, request.Folder, out var project);
        var package = await ReleaseLookup.ReadAsync(sources, request.Name, request.Registry, cancellation).ConfigureAwait(false);
        var release = request.Version is { } version ? ReleaseLookup.Find(package, version)
            : package.Index.Latest ?? package.Index.Releases.LastOrDefault() ?? throw new Problem(
                ProblemCode.ReleaseNotFound, $"`{request.Name}` has no releases", null).Raise();
        return new(
            release, ((PackageSource.Feed)package.Source).Registry, package.Index.Latest?.Id.Version, package.Index.Releases.Length,
            ReleaseLookup.Locked(project, request.Name));
    }
}
