using Registry.Engine.Store;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Writing;

namespace Registry.Benchmarks.Feed;

/// <summary>
/// A feed without archives of the crates in a `crates-raw/1` file: all versions with requirements as Cargo wrote them,
/// features, optional and renamed dependencies, `links`, yanked, `rust_version` as the engine `rust`. Dependencies of
/// every target are kept; development dependencies are not part of an index.
/// </summary>
internal sealed class CratesFeed(string data, string folder)
{
    private static readonly DateTimeOffset Snapshot = new(2025, 8, 9, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Constraint> _constraints = [];
    private readonly Dictionary<string, PackageName> _names = [];
    private readonly List<string> _leftOut = [];
    private int _packages;
    private int _versions;

    public void Make()
    {
        var clock = new Dated(Snapshot);
        FeedWriter.Create(folder, "crates-io-2025-08", "crates.io, closure of 6,000 roots, 2025-08-09", clock, "crates.io");
        using (var writer = FeedWriter.Open(folder, clock, new() { Durability = Durability.Fast, Copies = IndexCopies.Skip }))
        {
            writer.Import(ReadLines().Skip(1).Select(Package).OfType<(PackageName, ImmutableArray<Release>)>());
        }

        File.WriteAllLines(Path.Combine(folder, "left-out.txt"), _leftOut);
        Console.WriteLine($"{_packages} packages, {_versions} versions, {_leftOut.Count} left out (left-out.txt)");
    }

    private IEnumerable<string> ReadLines()
    {
        if (!data.EndsWith(".xz", StringComparison.Ordinal))
        {
            return File.ReadLines(data);
        }

        return Unpacked();
    }

    // .NET has no xz; the program is on every Linux and macOS.
    private IEnumerable<string> Unpacked()
    {
        using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", "--", data]) { RedirectStandardOutput = true })!;
        while (xz.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }

        xz.WaitForExit();
        if (xz.ExitCode != 0)
        {
            throw new InvalidOperationException($"xz ended with {xz.ExitCode}");
        }
    }

    private (PackageName, ImmutableArray<Release>)? Package(string line)
    {
        using var document = JsonDocument.Parse(line);
        var crate = document.RootElement;
        var text = crate.GetProperty("n").GetString()!;
        if (Name(text) is not { } name)
        {
            _leftOut.Add($"{text}: not a name here");
            return null;
        }

        var dependencies = crate.GetProperty("d").EnumerateArray().Select(list => Dependencies(text, list)).ToArray();
        var features = crate.GetProperty("f").EnumerateArray().Select(Features).ToArray();
        var releases = new Dictionary<SemanticVersion, Release>();
        foreach (var version in crate.GetProperty("v").EnumerateArray())
        {
            if (Release(name, version, dependencies, features) is { } release && !releases.TryAdd(release.Id.Version, release))
            {
                _leftOut.Add($"{text} {release.Id.Version}: differs from another version in build metadata only");
            }
        }

        _packages++;
        _versions += releases.Count;
        return (name, [.. releases.Values]);
    }

    private Release? Release(
        PackageName name, JsonElement row, ImmutableArray<Dependency>?[] dependencies, ImmutableSortedDictionary<string, ImmutableArray<string>>[] features)
    {
        var text = row[0].GetString()!;
        if (!SemanticVersion.TryParse(text, out var version) || dependencies[row[1].GetInt32()] is not { } needs)
        {
            _leftOut.Add($"{name} {text}: not a version, or a dependency that cannot be said here");
            return null;
        }

        var details = new ReleaseDetails
        {
            Dependencies = needs,
            Features = features[row[2].GetInt32()],
            Links = row.GetArrayLength() > 4 ? row[4].GetString() : null,
            Engines = row.GetArrayLength() > 5 && row[5].GetString() is { } rust ? Engines(rust) : Engine.Model.Release.NoEngines,
        };
        var isYanked = row.GetArrayLength() > 3 && (row[3].ValueKind == JsonValueKind.True || (row[3].ValueKind == JsonValueKind.Number && row[3].GetInt32() != 0));
        return isYanked
            ? new(new(name, version), Snapshot, ReleaseStatus.Yanked, details with { Reason = new("yanked", "", Snapshot) })
            : new(new(name, version), Snapshot, ReleaseStatus.Ok, details);
    }

    private ImmutableSortedDictionary<string, Constraint> Engines(string rust) =>
        Requirement(">=" + rust) is { } constraint ? Engine.Model.Release.NoEngines.Add("rust", constraint) : Engine.Model.Release.NoEngines;

    private ImmutableArray<Dependency>? Dependencies(string crate, JsonElement list)
    {
        var dependencies = ImmutableArray.CreateBuilder<Dependency>();
        foreach (var row in list.EnumerateArray().Where(row => row[2].GetString() != "d"))
        {
            var alias = row[0].GetString()!;
            var real = row.GetArrayLength() > 6 && row[6].ValueKind == JsonValueKind.String ? row[6].GetString()! : alias;
            if (Name(real) is not { } name || Requirement(row[1].GetString()!) is not { } constraint)
            {
                _leftOut.Add($"{crate}: dependency {real} {row[1].GetString()}");
                return null;
            }

            var flags = row[3].GetInt32();
            dependencies.Add(new(
                name, constraint, row[2].GetString() == "b" ? DependencyGroup.Build : DependencyGroup.Normal, DependencyOrigin.Feed.Routed,
                alias == real ? null : alias, (flags & 1) != 0, (flags & 2) == 0, [.. row[4].EnumerateArray().Select(feature => feature.GetString()!)]));
        }

        return dependencies.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Features(JsonElement map) =>
        Engine.Model.Release.NoFeatures.AddRange(map.EnumerateObject().Select(feature => KeyValuePair.Create(
            feature.Name, feature.Value.EnumerateArray().Select(turnsOn => turnsOn.GetString()!).ToImmutableArray())));

    private PackageName? Name(string text)
    {
        if (!_names.TryGetValue(text, out var name) && PackageName.TryParse(text, out name))
        {
            _names.Add(text, name);
        }

        return name;
    }

    private Constraint? Requirement(string text)
    {
        if (!_constraints.TryGetValue(text, out var constraint) && Constraint.TryParse(text, out constraint))
        {
            _constraints.Add(text, constraint);
        }

        return constraint;
    }
}
