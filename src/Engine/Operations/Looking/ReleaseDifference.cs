using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project in it or above it says where names come from.</param>
/// <param name="From">Usually the older one.</param>
/// <param name="Registry">Null for the one the name is routed to.</param>
public sealed record ReleaseDifferenceRequest(string Folder, PackageName Name, SemanticVersion From, SemanticVersion To, string? Registry = null);

public enum FileChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>The same content, and now a program or no longer one.</summary>
    ModeChanged,
}

/// <param name="Before">Null for an added file.</param>
/// <param name="After">Null for a removed one.</param>
/// <param name="Lines">How the text changes; null where it is not text, or more than is compared.</param>
public sealed record FileChange(FileChangeKind Kind, string Path, ReleaseFile? Before, ReleaseFile? After, TextDifference? Lines);

/// <param name="Before">Null for a new dependency.</param>
/// <param name="After">Null for one that is gone.</param>
public sealed record DependencyChange(string LocalName, Dependency? Before, Dependency? After);

/// <summary>What changed between two versions of a package.</summary>
/// <param name="Files">By path.</param>
/// <param name="FilesSame">How many files are equal.</param>
/// <param name="IsWhole">Whether every changed text could be compared line by line.</param>
public sealed record ReleaseDifferenceReport(
    Release From, Release To, ImmutableArray<FileChange> Files, int FilesSame, ImmutableArray<DependencyChange> Dependencies, bool IsWhole) : IReport
{
    public string Kind => "diff";

    public PackageName Name => To.Id.Name;

    public bool LicenseChanges => From.License != To.License;

    public int Count(FileChangeKind kind) => Files.Count(file => file.Kind == kind);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, Name.Value);
        json.WriteString("from"u8, From.Id.Version.ToString());
        json.WriteString("to"u8, To.Id.Version.ToString());
        json.WriteString("license_from"u8, From.License);
        json.WriteString("license_to"u8, To.License);
        json.WriteNumber("files_same"u8, FilesSame);
        json.WriteBoolean("whole"u8, IsWhole);
        json.WriteStartArray("dependencies"u8);
        foreach (var change in Dependencies)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, change.LocalName);
            json.WriteString("from"u8, change.Before?.Constraint.Text);
            json.WriteString("to"u8, change.After?.Constraint.Text);
            json.WriteString("group"u8, (change.After ?? change.Before)!.Group.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files"u8);
        foreach (var file in Files)
        {
            WriteFile(json, file);
        }

        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, FileChange file)
    {
        json.WriteStartObject();
        json.WriteString("change"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(file.Kind.ToString()));
        json.WriteString("path"u8, file.Path);
        json.WriteOptional("bytes_from", file.Before?.Bytes);
        json.WriteOptional("bytes_to", file.After?.Bytes);
        if (file.Lines is not null)
        {
            json.WritePropertyName("lines"u8);
            file.Lines.WriteTo(json);
        }

        json.WriteEndObject();
    }
}

/// <summary>`cairn diff`: fetches both versions into the store and compares them file by file.</summary>
internal sealed class ReleaseDifference(RegistryClient client, ReleaseDifferenceRequest request, LookingSources looking) : Query<ReleaseDifferenceReport>
{
    protected override async Task<ReleaseDifferenceReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var look = looking.Open();
        var from = await FetchAsync(look, request.From, progress, cancellation).ConfigureAwait(false);
        var to = await FetchAsync(look, request.To, progress, cancellation).ConfigureAwait(false);
        var comparison = new TreeComparison(from.Tree, to.Tree);
        var files = await Task.Run(() => comparison.Run(cancellation), cancellation).ConfigureAwait(false);
        return new(from.Release, to.Release, files, comparison.FilesSame, Dependencies(from.Release, to.Release), comparison.IsWhole);
    }

    private async Task<(Release Release, StoredTree Tree)> FetchAsync(
        LookingSources.Look look, SemanticVersion version, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var release = await ReleaseFiles.FindAsync(look.Sources, look.Locked, request.Name, version, request.Registry, cancellation).ConfigureAwait(false);
        return (release.Release, await release.FetchAsync(client.Store, look.Sources, progress, cancellation).ConfigureAwait(false));
    }

    /// <summary>Dev-dependencies are nobody else's business.</summary>
    private static ImmutableArray<DependencyChange> Dependencies(Release from, Release to)
    {
        var (before, after) = (ByKey(from), ByKey(to));
        return [.. from key in before.Keys.Union(after.Keys).Order()
                   let old = before.GetValueOrDefault(key)
                   let now = after.GetValueOrDefault(key)
                   where old?.Constraint.Text != now?.Constraint.Text || old?.Name != now?.Name || old?.IsOptional != now?.IsOptional
                   select new DependencyChange(key.LocalName, old, now)];
    }

    private static Dictionary<(string LocalName, DependencyGroup Group), Dependency> ByKey(Release release)
    {
        var found = new Dictionary<(string, DependencyGroup), Dependency>();
        foreach (var dependency in release.Dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev))
        {
            found.TryAdd((dependency.LocalName, dependency.Group), dependency);
        }

        return found;
    }
}
