using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Local;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>How far a look at a release may go.</summary>
public enum ContentsReach
{
    /// <summary>What is in the store; of anything else only what fetching it would cost.</summary>
    Stored,

    /// <summary>Fetched into the store when it is not there.</summary>
    Fetch,
}

/// <param name="Folder">Absolute; the project in it or above it says where names come from.</param>
/// <param name="Version">Null for the one the project uses, else the newest that may be chosen.</param>
/// <param name="Registry">Null for the one the name is routed to.</param>
public sealed record ContentsRequest(string Folder, PackageName Name, SemanticVersion? Version = null, string? Registry = null)
{
    public ContentsReach Reach { get; init; } = ContentsReach.Fetch;

    /// <summary>A file to read besides the README; null for none.</summary>
    public string? File { get; init; }
}

/// <param name="Path">In the package, with `/`.</param>
public sealed record ReleaseFile(string Path, long Bytes, bool IsExecutable);

/// <summary>What is in a release.</summary>
/// <param name="ArchiveBytes">To fetch, compressed; null where that is not known.</param>
/// <param name="IsHere">Whether its files are on this machine. When not, there are no files and no texts.</param>
/// <param name="Files">By path.</param>
/// <param name="Readme">Null when it has none.</param>
/// <param name="File">The file that was asked for.</param>
public sealed record ContentsReport(
    PackageId Package, long? ArchiveBytes, bool IsHere, ImmutableArray<ReleaseFile> Files, PackageText? Readme, PackageText? File) : IReport
{
    public string Kind => "contents";

    /// <summary>Bytes of all files, unpacked.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, Package.Name.Value);
        json.WriteString("version"u8, Package.Version.ToString());
        json.WriteOptional("archive_bytes", ArchiveBytes);
        json.WriteStartArray("files"u8);
        foreach (var file in Files)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, file.Path);
            json.WriteNumber("bytes"u8, file.Bytes);
            json.WriteBoolean("executable"u8, file.IsExecutable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteText(json, "readme", Readme);
        WriteText(json, "file", File);
    }

    private static void WriteText(Utf8JsonWriter json, string member, PackageText? text)
    {
        if (text is null)
        {
            json.WriteNull(member);
            return;
        }

        json.WriteStartObject(member);
        json.WriteString("path"u8, text.Path);
        json.WriteNumber("bytes"u8, text.Bytes);
        json.WriteString("form"u8, text.Form.ToString().ToLowerInvariant());
        json.WriteString("text"u8, text.Text);
        json.WriteEndObject();
    }
}

/// <summary>`cairn info --readme` and `--files`, and the package page.</summary>
internal sealed class Contents(RegistryClient client, ContentsRequest request, LookingSources looking) : Query<ContentsReport>
{
    // READMEs that count, the first found wins. Other spellings of the same are equal.
    private static readonly ImmutableArray<string> ReadmeNames = ["readme.md", "readme.markdown", "readme", "readme.txt", "readme.rst"];

    protected override async Task<ContentsReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var look = looking.Open();
        var release = await ReleaseFiles.FindAsync(look.Sources, look.Locked, request.Name, request.Version, request.Registry, cancellation).ConfigureAwait(false);
        var tree = request.Reach == ContentsReach.Stored
            ? release.FindStored(client.Store)
            : await release.FetchAsync(client.Store, look.Sources, progress, cancellation).ConfigureAwait(false);
        return tree is null ? new(release.Id, release.ArchiveBytes, false, [], null, null) : Report(release, tree);
    }

    private ContentsReport Report(ReleaseFiles release, StoredTree tree)
    {
        var files = tree.Files.OrderBy(file => file.Path, StringComparer.Ordinal).ToImmutableArray();
        var readme = FindReadme(tree, files);
        var wanted = request.File is null ? null : files.FirstOrDefault(file => file.Path == request.File) ?? throw NoFile(release.Id);
        return new(
            release.Id, release.ArchiveBytes, true,
            [.. files.Select(file => new ReleaseFile(file.Path, file.Size, file.Kind == FileKind.Executable))],
            readme is null ? null : PackageText.Read(tree, readme), wanted is null ? null : PackageText.Read(tree, wanted));
    }

    private ProblemException NoFile(PackageId id) => new Problem(
        ProblemCode.FileNotFound, $"{id} has no file `{Printable.Clip(request.File!, 200)}`", $"`cairn info {id.Name}@{id.Version} --files` lists them").Raise();

    /// <summary>The one its manifest names; else by the usual names, in the package's own folder.</summary>
    private static StoredFile? FindReadme(StoredTree tree, ImmutableArray<StoredFile> files)
    {
        var named = NamedByManifest(tree);
        return files.FirstOrDefault(file => file.Path == named)
            ?? ReadmeNames.Select(name => files.FirstOrDefault(file => file.Path.Equals(name, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault(file => file is not null);
    }

    private static string? NamedByManifest(StoredTree tree)
    {
        try
        {
            return FolderManifest.Find(tree.Folder, "package")?.Package?.Readme;
        }
        catch (ProblemException)
        {
            // A manifest that cannot be read names nothing; the files are still worth showing.
            return null;
        }
    }
}
