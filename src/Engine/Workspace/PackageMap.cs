using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Workspace;

/// <summary>
/// `cairn-map.json` in the install directory: for compilers and build tools, which package stands where and sees which
/// (docs/formats/packages.md). The same installation has the same bytes, so it also tells whether anything changes.
/// </summary>
internal static class PackageMap
{
    public const string FileName = "cairn-map.json";

    private const int LengthMax = 64 * 1024 * 1024;

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What a map says of one package, as far as the next change needs it.</summary>
    /// <param name="Content">Source and hash: equal for equal content; empty for what may change, like a path.</param>
    public sealed record Entry(PackageId Id, string Folder, string Content);

    public static byte[] ToBytes(InstallLayout layout, LinkMode link)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("link", link.ToString().ToLowerInvariant());
            json.WriteStartArray("roots");
            foreach (var root in layout.Roots)
            {
                WriteRoot(json, root);
            }

            json.WriteEndArray();
            json.WriteStartArray("packages");
            foreach (var package in layout.Packages)
            {
                WritePackage(json, package);
            }

            json.WriteEndArray();
            WriteLinks(json, layout.Links);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <returns>Null when there is no map or it cannot be read; then nothing is known of the tree.</returns>
    public static byte[]? ReadBytes(string tree)
    {
        var file = new FileInfo(Path.Combine(tree, FileName));
        return file.Exists && file.Length <= LengthMax ? File.ReadAllBytes(file.FullName) : null;
    }

    public static ImmutableArray<Entry> Parse(byte[]? bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes ?? "{\"packages\":[]}"u8.ToArray());
            return [.. document.RootElement.GetProperty("packages").EnumerateArray().Select(ParseEntry)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or Problems.ProblemException)
        {
            return [];
        }
    }

    /// <summary>Paths at the top of the tree that links of the layout take, besides the packages' folders.</summary>
    public static ImmutableArray<string> ParseLinks(byte[]? bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes ?? "{}"u8.ToArray());
            return document.RootElement.TryGetProperty("links", out var links)
                ? [.. links.EnumerateObject().Select(link => link.Name)]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    public static string ContentOf(LockedPackage package) =>
        package.Source is PackageSource.Path or PackageSource.Member
            ? package.Source.ToString()
            : $"{package.Source} {package.Checksum?.ToString() ?? package.Tree?.ToString()}";

    private static void WriteRoot(Utf8JsonWriter json, PlacedPackage root)
    {
        json.WriteStartObject();
        json.WriteString("name", root.Package.Id.Name.Value);
        json.WriteString("version", root.Package.Id.Version.ToString());
        json.WriteString("folder", root.Folder);
        WriteEdges(json, root);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, PlacedPackage placed)
    {
        var package = placed.Package;
        json.WriteStartObject();
        json.WriteString("name", package.Id.Name.Value);
        json.WriteString("version", package.Id.Version.ToString());
        json.WriteString("folder", placed.Folder);
        json.WriteString("source", package.Source.ToString());
        WriteHash(json, "checksum", package.Checksum?.ToString());
        WriteHash(json, "tree", package.Tree?.ToString());
        json.WriteStartArray("features");
        foreach (var feature in package.Features)
        {
            json.WriteStringValue(feature);
        }

        json.WriteEndArray();
        WriteEdges(json, placed);
        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, string member, string? hash)
    {
        if (hash is not null)
        {
            json.WriteString(member, hash);
        }
    }

    private static void WriteEdges(Utf8JsonWriter json, PlacedPackage package)
    {
        foreach (var (group, member) in
            new[] { (DependencyGroup.Normal, "dependencies"), (DependencyGroup.Build, "build_dependencies"), (DependencyGroup.Dev, "dev_dependencies") })
        {
            var edges = package.Sees.Where(edge => edge.Edge.Group == group).ToList();
            if (edges.Count > 0 || group == DependencyGroup.Normal)
            {
                json.WriteStartObject(member);
                foreach (var edge in edges)
                {
                    json.WriteString(edge.Edge.LocalName, edge.Folder);
                }

                json.WriteEndObject();
            }
        }
    }

    private static void WriteLinks(Utf8JsonWriter json, ImmutableArray<PlacedLink> links)
    {
        if (links.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("links");
        foreach (var link in links)
        {
            json.WriteString(link.Path, link.Target);
        }

        json.WriteEndObject();
    }

    private static Entry ParseEntry(JsonElement package)
    {
        var hash = package.TryGetProperty("checksum", out var checksum) ? checksum.GetString()
            : package.TryGetProperty("tree", out var tree) ? tree.GetString()
            : null;
        var source = package.GetProperty("source").GetString();
        return new(
            new(PackageName.Parse(package.GetProperty("name").GetString()!), SemanticVersion.Parse(package.GetProperty("version").GetString()!)),
            package.GetProperty("folder").GetString()!,
            hash is null ? source! : $"{source} {hash}");
    }
}
