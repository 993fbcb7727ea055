using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Testing;

namespace Registry.Engine.Tests.Resolution;

/// <summary>The resolver tests of Cargo, recorded, as far as they mean the same here.</summary>
public class CargoScenarioTests
{
    private const string Data = "resolver/cargo-resolver-scenarios.jsonl.gz";

    /// <summary>What means something else here, and why.</summary>
    private static readonly Dictionary<string, string> Excluded = new()
    {
        ["pubgrub test_22_missing_explicit_default_feature 0"] =
            "asking for `default` by name asks for nothing where there is none, as asking for it by default does",
        ["resolve cyclic_good_error_message 0"] = "packages may need each other here",
        ["resolve resolving_mis_hyphenated_from_registry 0"] = "names that differ in `-` and `_` are one name here",
        ["resolve resolving_wrong_case_from_registry 0"] = "names that differ in case are one name here",
        ["resolve resolving_with_many_equivalent_backtracking 2"] = "another answer, as good: the newer of the other of two packages",
    };

    public static TheoryData<string> Names()
    {
        var data = new TheoryData<string>();
        foreach (var name in Lines().Keys.Where(name => !Excluded.ContainsKey(name)))
        {
            data.Add(name);
        }

        return data.Count == 0 ? new TheoryData<string>("(no data)") : data;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_to_what_cargo_comes_to(string name)
    {
        Assert.SkipWhen(Repository.SharedData(Data) is null, "the shared data is not here");
        Check(JsonDocument.Parse(Lines()[name]).RootElement);
    }

    [Fact]
    public void Every_exclusion_is_of_a_scenario_that_exists()
    {
        Assert.SkipWhen(Repository.SharedData(Data) is null, "the shared data is not here");
        Assert.Empty(Excluded.Keys.Except(Lines().Keys));
    }

    private static readonly Lazy<Dictionary<string, string>> Read = new(() =>
    {
        var lines = new Dictionary<string, string>();
        if (Repository.SharedData(Data) is { } path)
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (text.ReadLine() is { } line)
            {
                if (line.Contains("\"suite\"", StringComparison.Ordinal))
                {
                    var head = JsonDocument.Parse(line).RootElement;
                    lines[$"{head.GetProperty("suite")} {head.GetProperty("test")} {head.GetProperty("n")}"] = line;
                }
            }
        }

        return lines;
    });

    private static Dictionary<string, string> Lines() => Read.Value;

    private static void Check(JsonElement scenario)
    {
        var world = new World();
        foreach (var release in scenario.GetProperty("registry").EnumerateArray())
        {
            world.Publish(new(
                new(PackageName.Parse(release.GetProperty("name").GetString()!), SemanticVersion.Parse(release.GetProperty("vers").GetString()!)),
                null, ReleaseStatus.Ok, new ReleaseDetails
                {
                    Dependencies = Dependencies(release, "deps"),
                    Features = Features(release),
                    Links = Text(release, "links"),
                }));
        }

        var manifest = new Manifest { Package = new(PackageName.Parse("root-of-it-all"), new(1, 0, 0)), Dependencies = Dependencies(scenario, "root_deps") };
        var request = new ResolutionRequest([new(manifest, "cairn.toml", ".")], ResolutionTable.Default with
        {
            Duplicates = DuplicatesPolicy.Compatible,
            Prereleases = PrereleasePolicy.Never,
            Strategy = scenario.TryGetProperty("flags", out _) ? VersionStrategy.Lowest : VersionStrategy.Newest,
        });
        var resolver = new Resolver(request);
        var step = world.Resolve(resolver);
        // Three were recorded only because they took long.
        var expected = Text(scenario, "sat_expect") ?? Text(scenario, "expect") ?? (step is ResolverStep.Solved ? "ok" : "err");
        var orders = world.Names.Count() > 50 ? new[] { SupplyOrder.Reversed } : Enum.GetValues<SupplyOrder>();
        if (expected == "err")
        {
            var failure = step is ResolverStep.Solved solved
                ? throw new Xunit.Sdk.XunitException(Laws.Print(solved.Resolution)) : Assert.IsType<ResolverStep.Unsolvable>(step);
            Laws.Failed(world, request, resolver, failure.Explanation, orders);
            return;
        }

        var resolution = step is ResolverStep.Unsolvable unsolvable
            ? throw new Xunit.Sdk.XunitException(unsolvable.Explanation.FullText()) : Assert.IsType<ResolverStep.Solved>(step).Resolution;
        var found = resolution.Packages.Where(p => p.Source is PackageSource.Feed).Select(p => p.Id.ToString()).ToHashSet();
        if (scenario.TryGetProperty("solution_exact", out var exact))
        {
            Assert.Equal(Ids(exact).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }

        if (scenario.TryGetProperty("solution_contains", out var some))
        {
            Assert.Subset(found, Ids(some).ToHashSet());
        }

        Laws.Solved(world, request, resolution, orders);
    }

    private static IEnumerable<string> Ids(JsonElement pairs) => pairs.EnumerateArray().Select(pair => $"{pair[0]} {pair[1]}");

    private static ImmutableArray<Dependency> Dependencies(JsonElement of, string key) =>
        !of.TryGetProperty(key, out var list) ? [] : [.. list.EnumerateArray().Select(d => new Dependency(
            PackageName.Parse(d.GetProperty("name").GetString()!),
            Constraint.Parse(d.GetProperty("req").GetString()!),
            Text(d, "kind") switch { "dev" or "d" => DependencyGroup.Dev, "build" or "b" => DependencyGroup.Build, _ => DependencyGroup.Normal },
            DependencyOrigin.Feed.Routed,
            Text(d, "rename"),
            d.TryGetProperty("optional", out var optional) && optional.GetBoolean(),
            !d.TryGetProperty("default_features", out var defaults) || defaults.GetBoolean(),
            d.TryGetProperty("features", out var features) ? [.. features.EnumerateArray().Select(f => f.GetString()!)] : []))];

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Features(JsonElement release) =>
        !release.TryGetProperty("features", out var table) ? Release.NoFeatures
            : table.EnumerateObject().ToImmutableSortedDictionary(
                p => p.Name, p => p.Value.EnumerateArray().Select(e => e.GetString()!).ToImmutableArray(), StringComparer.Ordinal);

    private static string? Text(JsonElement of, string key) => of.TryGetProperty(key, out var value) ? value.GetString() : null;
}
