using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>Writes version lines, members in one fixed order, defaults left out, so that equal releases have equal bytes.</summary>
internal static class IndexLineWriter
{
    public static void Write(Utf8JsonWriter json, Release release)
    {
        json.WriteStartObject();
        json.WriteString("version", release.Id.Version.ToString());
        json.WriteString("published", FeedJson.Time(release.Published ?? DateTimeOffset.UnixEpoch));
        json.WriteString("status", Status(release.Status));
        WriteReason(json, release.Reason);
        WriteArchive(json, release.Archive);
        if (release.Manifest is { } manifest)
        {
            json.WriteStartObject("manifest");
            json.WriteString("sha256", manifest.Hex);
            json.WriteNumber("size", release.Details.ManifestSize);
            json.WriteEndObject();
        }

        WriteEngines(json, release.Engines);
        WriteDependencies(json, release.Dependencies);
        WriteFeatures(json, release.Features);
        WriteText(json, release.Details);
        json.WriteEndObject();
    }

    public static string Status(ReleaseStatus status) => status switch
    {
        ReleaseStatus.Ok => "ok",
        ReleaseStatus.Yanked => "yanked",
        ReleaseStatus.Quarantined => "quarantined",
        _ => "revoked",
    };

    public static void WriteReason(Utf8JsonWriter json, StatusReason? reason)
    {
        if (reason is null)
        {
            return;
        }

        json.WriteStartObject("reason");
        json.WriteString("code", reason.Code);
        json.WriteString("text", reason.Text);
        if (reason.At is { } at)
        {
            json.WriteString("at", FeedJson.Time(at));
        }

        json.WriteEndObject();
    }

    private static void WriteArchive(Utf8JsonWriter json, ArchiveReference? archive)
    {
        if (archive is null)
        {
            return;
        }

        json.WriteStartObject("archive");
        json.WriteString("sha256", archive.Hash.Hex);
        json.WriteNumber("size", archive.Size);
        if (archive.Tree is { } tree)
        {
            json.WriteString("tree", tree.Hex);
        }

        json.WriteString("type", "tar.gz");
        json.WriteEndObject();
    }

    private static void WriteEngines(Utf8JsonWriter json, ImmutableSortedDictionary<string, Constraint> engines)
    {
        if (engines.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("engines");
        foreach (var (engine, constraint) in engines)
        {
            json.WriteString(engine, constraint.Text);
        }

        json.WriteEndObject();
    }

    // Development dependencies concern only those who work on the package; they stay in the manifest inside the archive.
    private static void WriteDependencies(Utf8JsonWriter json, ImmutableArray<Dependency> dependencies)
    {
        json.WriteStartArray("deps");
        foreach (var dependency in dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev))
        {
            WriteDependency(json, dependency);
        }

        json.WriteEndArray();
    }

    private static void WriteDependency(Utf8JsonWriter json, Dependency dependency)
    {
        json.WriteStartObject();
        json.WriteString("id", dependency.Name.Value);
        json.WriteString("req", dependency.Constraint.Text);
        if (dependency.Group == DependencyGroup.Build)
        {
            json.WriteString("kind", "build");
        }

        if (dependency.Alias is { } alias)
        {
            json.WriteString("alias", alias);
        }

        if (dependency.IsOptional)
        {
            json.WriteBoolean("optional", true);
        }

        if (!dependency.UsesDefaultFeatures)
        {
            json.WriteBoolean("default_features", false);
        }

        if (!dependency.Features.IsEmpty)
        {
            WriteStrings(json, "features", dependency.Features);
        }

        if (dependency.Origin is DependencyOrigin.Feed { Registry: { } from })
        {
            json.WriteString("from", from);
        }

        json.WriteEndObject();
    }

    private static void WriteFeatures(Utf8JsonWriter json, ImmutableSortedDictionary<string, ImmutableArray<string>> features)
    {
        if (features.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("features");
        foreach (var (feature, turnsOn) in features)
        {
            WriteStrings(json, feature, turnsOn);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReleaseDetails details)
    {
        WriteString(json, "license", details.License);
        WriteString(json, "description", details.Description);
        if (!details.Keywords.IsEmpty)
        {
            WriteStrings(json, "keywords", details.Keywords);
        }

        WriteString(json, "links", details.Links);
        WriteString(json, "repository", details.Repository);
        WriteString(json, "homepage", details.Homepage);
        WriteString(json, "documentation", details.Documentation);
    }

    private static void WriteString(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
