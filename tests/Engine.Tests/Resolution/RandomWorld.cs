using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

/// <summary>Small worlds with features, optional dependencies, groups and several majors, by seed.</summary>
internal static class RandomWorld
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];
    private static readonly string[] Versions = ["0.1.0", "0.1.1", "0.2.0", "1.0.0", "1.1.0", "1.2.0", "2.0.0", "2.1.0", "3.0.0"];
    private static readonly string[] Ranges = ["*", "^1", "^2", "=1.0.0", ">=1.1", "<2", ">=1, <3", "^0.1", "0.2 || ^2", "~1.1", "<1.2"];
    private static readonly string[] FeatureNames = ["f", "g"];

    public static (World World, ResolutionRequest Request) Of(int seed)
    {
        var random = new Random(seed);
        var world = new World();
        var names = Names.Take(random.Next(2, Names.Length + 1)).ToArray();
        foreach (var name in names)
        {
            foreach (var version in Versions.Where(_ => random.Next(3) == 0).DefaultIfEmpty("1.0.0"))
            {
                world.Publish(Release(random, name, version, names));
            }
        }

        var options = ResolutionTable.Default with
        {
            Duplicates = random.Next(2) == 0 ? DuplicatesPolicy.Never : DuplicatesPolicy.Compatible,
            Strategy = random.Next(5) == 0 ? VersionStrategy.Lowest : VersionStrategy.Newest,
        };
        return (world, new([Root(random, names)], options) { TurnsMax = 100_000 });
    }

    private static ResolutionRoot Root(Random random, string[] names)
    {
        var dependencies = Dependencies(random, names, 3).Select(d => d with { IsOptional = false }).DistinctBy(d => (d.Group, d.LocalName)).ToImmutableArray();
        var manifest = new Manifest
        {
            Package = new(PackageName.Parse("app"), new(1, 0, 0)),
            Dependencies = dependencies,
            Places = dependencies.Select((d, i) => KeyValuePair.Create(new DependencyKey(d.Group, d.LocalName), new TextPlace("cairn.toml", i + 4, 1)))
                .ToImmutableDictionary(),
        };
        return new(manifest, "cairn.toml", ".");
    }

    private static Release Release(Random random, string name, string version, string[] names)
    {
        var dependencies = Dependencies(random, names, 2).Where(d => d.Group != DependencyGroup.Dev && d.Name.Value != name)
            .DistinctBy(d => d.LocalName).ToImmutableArray();
        var features = FeatureNames.Append("default").Where(_ => random.Next(2) == 0)
            .ToImmutableSortedDictionary(f => f, _ => Entries(random, dependencies), StringComparer.Ordinal);
        return new(
            new(PackageName.Parse(name), SemanticVersion.Parse(version)),
            null,
            random.Next(12) == 0 ? ReleaseStatus.Yanked : ReleaseStatus.Ok,
            new ReleaseDetails { Dependencies = dependencies, Features = features, Links = random.Next(20) == 0 ? "z" : null });
    }

    private static ImmutableArray<string> Entries(Random random, ImmutableArray<Dependency> dependencies)
    {
        var entries = new List<string>();
        foreach (var dependency in dependencies.Where(_ => random.Next(2) == 0))
        {
            var feature = FeatureNames[random.Next(2)];
            entries.Add(random.Next(4) switch
            {
                0 when dependency.IsOptional => $"dep:{dependency.LocalName}",
                1 when dependency.IsOptional => $"{dependency.LocalName}?/{feature}",
                _ => $"{dependency.LocalName}/{feature}",
            });
        }

        return [.. entries];
    }

    private static IEnumerable<Dependency> Dependencies(Random random, string[] names, int max)
    {
        for (var left = random.Next(max + 1); left > 0; left--)
        {
            var name = PackageName.Parse(random.Next(25) == 0 ? "nowhere" : names[random.Next(names.Length)]);
            yield return new Dependency(
                name,
                Constraint.Parse(Ranges[random.Next(Ranges.Length)]),
                (DependencyGroup)random.Next(3),
                DependencyOrigin.Feed.Routed,
                Alias: random.Next(8) == 0 ? name.Value + "x" : null,
                IsOptional: random.Next(3) == 0,
                UsesDefaultFeatures: random.Next(4) != 0,
                Features: random.Next(4) == 0 ? [FeatureNames[random.Next(2)]] : []);
        }
    }
}
