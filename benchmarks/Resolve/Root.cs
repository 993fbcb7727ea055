using System.IO.Compression;

namespace Registry.Benchmarks.Resolve;

/// <summary>
/// One thing to solve. <see cref="Package"/> and <see cref="Ordinal"/> are -1 when the file has no such package or
/// version; <see cref="Expected"/> is what an oracle says, if the line has a third column.
/// </summary>
public sealed record Root(string Name, string Version, int Package, int Ordinal, bool? Expected)
{
    public bool IsMissing => Ordinal < 0;

    /// <summary>Every package's newest version; packages without versions are left out.</summary>
    public static List<Root> Newest(IReadOnlyList<PlainPackage> packages)
    {
        var roots = new List<Root>();
        for (var id = 0; id < packages.Count; id++)
        {
            if (packages[id].Versions is { Length: > 0 } versions)
            {
                roots.Add(new Root(packages[id].Name, versions[^1], id, versions.Length - 1, null));
            }
        }

        return roots;
    }

    /// <summary>Lines of `package, version, + or -` between tabs; without a version the newest is meant.</summary>
    public static List<Root> Read(string path, IReadOnlyList<PlainPackage> packages)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < packages.Count; id++)
        {
            ids.TryAdd(packages[id].Name, id);
        }

        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        var roots = new List<Root>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                roots.Add(Parse(line.TrimEnd('\r').Split('\t'), ids, packages));
            }
        }

        return roots;
    }

    private static Root Parse(string[] columns, Dictionary<string, int> ids, IReadOnlyList<PlainPackage> packages)
    {
        var (name, version) = (columns[0], columns.Length > 1 ? columns[1] : "");
        bool? expected = columns.Length > 2 ? columns[2] == "+" : null;
        if (!ids.TryGetValue(name, out var id))
        {
            return new Root(name, version, -1, -1, expected);
        }

        var versions = packages[id].Versions;
        var ordinal = version.Length == 0 ? versions.Length - 1 : Array.LastIndexOf(versions, version);
        return new Root(name, ordinal < 0 ? version : versions[ordinal], id, ordinal, expected);
    }
}
