using System.Text.Json;
using Registry.Engine.Formats.Foreign;
using Registry.Engine.Model;

namespace Registry.Benchmarks.Feed;

/// <summary>A package version of the corpus, as npm has it.</summary>
internal sealed record NpmPackage(string Name, SemanticVersion Version, string Tarball, JsonElement Entry);

/// <summary>Where npm put a package: the path in its lockfile, `node_modules/a/node_modules/b`.</summary>
internal sealed record NpmInstance(string Path, string Name, SemanticVersion Version);

/// <summary>The neutral data of `corpus.mjs`: index.jsonl, package-lock.json, roots.json and the tarballs.</summary>
internal sealed class NpmCorpus
{
    private readonly Dictionary<string, NpmInstance> _instances = [];

    public NpmCorpus(string folder)
    {
        Folder = folder;
        NpmPackage[] all = [.. File.ReadLines(Path.Combine(folder, "index.jsonl")).Select(Parse).Select(entry => new NpmPackage(
            entry.GetProperty("name").GetString()!, SemanticVersion.Parse(entry.GetProperty("version").GetString()!), entry.GetProperty("tarball").GetString()!, entry))];
        var known = all.Select(package => (package.Name, package.Version)).ToHashSet();
        foreach (var locked in Parse(File.ReadAllText(Path.Combine(folder, "package-lock.json"))).GetProperty("packages").EnumerateObject().Where(locked => locked.Name.Length > 0))
        {
            var name = locked.Value.TryGetProperty("name", out var real) ? real.GetString()! : locked.Name[(locked.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + 13)..];
            var version = SemanticVersion.Parse(locked.Value.GetProperty("version").GetString()!);
            if (known.Contains((name, version)))
            {
                _instances[locked.Name] = new(locked.Name, name, version);
            }
        }

        var installed = _instances.Values.Select(instance => (instance.Name, instance.Version)).ToHashSet();
        Packages = [.. all.Where(package => installed.Contains((package.Name, package.Version)))];
        Root = File.ReadAllBytes(Path.Combine(folder, "roots.json"));
    }

    public string Folder { get; }

    /// <summary>Those that npm's lockfile holds.</summary>
    public IReadOnlyList<NpmPackage> Packages { get; }

    /// <summary>package.json of the application.</summary>
    public byte[] Root { get; }

    public IEnumerable<NpmInstance> Instances => _instances.Values;

    /// <summary>What npm lets a package at a path see under a name: the nearest `node_modules` upwards. Null for what it left out.</summary>
    public NpmInstance? Resolve(string path, string name)
    {
        for (var at = path; ;)
        {
            if (_instances.TryGetValue(at.Length == 0 ? $"node_modules/{name}" : $"{at}/node_modules/{name}", out var found))
            {
                return found;
            }

            if (at.Length == 0)
            {
                return null;
            }

            var up = at.LastIndexOf("/node_modules/", StringComparison.Ordinal);
            at = up < 0 ? "" : at[..up];
        }
    }

    /// <summary>Dependencies that npm installs, from package.json; names as npm has them.</summary>
    public static IEnumerable<(string Name, string Range, bool IsDev)> Dependencies(JsonElement manifest)
    {
        var optionalPeers = manifest.TryGetProperty("peerDependenciesMeta", out var meta)
            ? meta.EnumerateObject().Where(peer => peer.Value.TryGetProperty("optional", out var optional) && optional.ValueKind == JsonValueKind.True).Select(peer => peer.Name).ToHashSet()
            : [];
        foreach (var table in new[] { "dependencies", "optionalDependencies", "peerDependencies", "devDependencies" })
        {
            if (manifest.TryGetProperty(table, out var entries) && entries.ValueKind == JsonValueKind.Object)
            {
                foreach (var entry in entries.EnumerateObject().Where(entry => table != "peerDependencies" || !optionalPeers.Contains(entry.Name)))
                {
                    yield return (entry.Name, entry.Value.GetString()!, table == "devDependencies");
                }
            }
        }
    }

    /// <summary>A range by way of the reader that `migrate` uses; null when it cannot be carried over.</summary>
    public static Constraint? Range(string name, string range)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["dependencies"] = new Dictionary<string, string> { [name] = range } });
        return PackageJson.Read(json, "package.json", PackageName.Parse("x")).Manifest.Dependencies.FirstOrDefault()?.Constraint;
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
