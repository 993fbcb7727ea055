using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Registry.Testing;

namespace Registry.Engine.Tests.Security;

/// <summary>The advisories and versions of the shared data.</summary>
internal static class OsvData
{
    public static string[]? Bundles() =>
        Repository.SharedData("security/osv") is { } folder ? [.. Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal)] : null;

    public static IEnumerable<byte[]> Lines(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (text.ReadLine() is { } line)
        {
            yield return Encoding.UTF8.GetBytes(line);
        }
    }

    /// <summary>Crates with their published versions, as far as the resolver's data has them.</summary>
    public static Dictionary<string, HashSet<string>> CrateVersions(string path, HashSet<string> wanted)
    {
        var crates = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in Lines(path).Skip(1))
        {
            var start = line.AsSpan(0, Math.Min(200, line.Length));
            var crate = CrateOf(Encoding.UTF8.GetString(start[6..(6 + start[6..].IndexOf((byte)'"'))]));
            if (!wanted.Contains(crate))
            {
                continue;
            }

            var versions = line.AsSpan(line.AsSpan().IndexOf("\"v\":["u8) + 4);
            var known = crates.TryGetValue(crate, out var set) ? set : crates[crate] = [];
            known.UnionWith(JsonDocument.Parse(versions[..(versions.IndexOf((byte)']') + 1)].ToArray()).RootElement.EnumerateArray().Select(item => item.GetString()!));
        }

        return crates;
    }

    /// <summary>Of `root:c` and `c@0.3/f:x`; what else there is names no crate.</summary>
    private static string CrateOf(string package) =>
        package.StartsWith("root:", StringComparison.Ordinal) ? package[5..]
        : package.Contains('*', StringComparison.Ordinal) || package.Contains(':', StringComparison.Ordinal) ? ""
        : package.Split('@')[0];
}
