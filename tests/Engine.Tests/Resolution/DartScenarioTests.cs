using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Testing;

namespace Registry.Engine.Tests.Resolution;

/// <summary>The scenarios of Dart's version solver, as far as they mean the same here.</summary>
public class DartScenarioTests
{
    private const string Data = "resolver/dart-pub-solver-scenarios.json";

    /// <summary>What means something else here, and why.</summary>
    private static readonly Dictionary<string, string> Excluded = new()
    {
        ["rootDependency: with mismatched sources"] =
            "two sources of one name are refused (Dart: by its own rules for hosted, git and path)",
        ["badSource: fail if the root package has a bad source in dep"] =
            "an unknown source is refused when a manifest or index is read, before resolving",
        ["badSource: fail if the root package has a bad source in dev dep"] =
            "an unknown source is refused when a manifest or index is read, before resolving",
        ["badSource: fail if all versions have bad source in dep"] =
            "an unknown source is refused when a manifest or index is read, before resolving",
        ["badSource: ignore versions with bad source in dep"] =
            "an unknown source is refused when a manifest or index is read, before resolving",
        ["backtracking: traverse into package with fewer versions first"] =
            "another answer, as good: newer a, older b",
        ["sdkConstraint/without a Flutter SDK: fails for the root package"] =
            "a tool whose version is not known is not checked",
        ["sdkConstraint/without a Flutter SDK: fails for a dependency"] =
            "a tool whose version is not known is not checked",
        ["sdkConstraint/without a Flutter SDK: fails even with a matching Dart SDK constraint"] =
            "a tool whose version is not known is not checked",
        ["sdkConstraint: without a Fuchsia SDK fails for the root package"] =
            "a tool whose version is not known is not checked",
        ["prerelease: backtracking pre-release fails with indirect dependency"] =
            "stable releases are kept to as long as any of them fit together",
        ["override: overrides a bad source without error"] =
            "an unknown source is refused when a manifest or index is read, before resolving",
        ["override: overrides an unmatched SDK constraint"] =
            "an override replaces requirements on a package, not what that package needs itself",
        ["override: overrides an unmatched root dependency"] =
            "an override replaces requirements on a package, not what that package needs itself",
        ["override: overrides in pubspec_overrides.yaml"] =
            "there is no separate file for overrides",
        ["override: pubspec_overrides.yaml takes precedence over pubspec.yaml"] =
            "there is no separate file for overrides",
        ["regressions: diamond sdk deps"] =
            "needs folders on disk; workspaces.txt has path packages and two sources of one name",
    };

    public static TheoryData<string> Names()
    {
        var data = new TheoryData<string>();
        foreach (var scenario in Scenarios().Select(NameOf).Where(name => !Excluded.ContainsKey(name)))
        {
            data.Add(scenario);
        }

        return data.Count == 0 ? new TheoryData<string>("(no data)") : data;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_to_what_dart_comes_to(string name)
    {
        Assert.SkipWhen(Repository.SharedData(Data) is null, "the shared data is not here");
        new Play().Run(Scenarios().Single(scenario => NameOf(scenario) == name).GetProperty("steps"));
    }

    [Fact]
    public void Every_exclusion_is_of_a_scenario_that_exists()
    {
        Assert.SkipWhen(Repository.SharedData(Data) is null, "the shared data is not here");
        Assert.Empty(Excluded.Keys.Except(Scenarios().Select(NameOf)));
    }

    private static string NameOf(JsonElement scenario) => $"{scenario.GetProperty("group")}: {scenario.GetProperty("name")}";

    private static List<JsonElement> Scenarios() =>
        Repository.SharedData(Data) is not { } path ? []
            : [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("scenarios").EnumerateArray()];

    private sealed class Play
    {
        private readonly World _world = new();
        private Manifest _manifest = new();
        private ResolutionTable _options = ResolutionTable.Default;
        private Lockfile? _locked;

        public void Run(JsonElement steps)
        {
            foreach (var step in steps.EnumerateArray())
            {
                switch (step.GetProperty("op").GetString())
                {
                    case "publish": Publish(step); break;
                    case "root": Root(step); break;
                    case "expect": Expect(step); break;
                    case "dir": Folder(step); break;
                    case "startPackageServer": break;
                    default: throw new InvalidOperationException($"step {step}");
                }
            }
        }

        private void Publish(JsonElement step)
        {
            var pubspec = step.TryGetProperty("pubspec", out var p) ? p : default;
            _world.Publish(new(
                new(PackageName.Parse(step.GetProperty("name").GetString()!), SemanticVersion.Parse(step.GetProperty("version").GetString()!)),
                null, ReleaseStatus.Ok, new ReleaseDetails
                {
                    Dependencies = [.. Dependencies(step, "deps", DependencyGroup.Normal), .. Dependencies(pubspec, "dev_dependencies", DependencyGroup.Dev)],
                    Engines = Engines(pubspec),
                }), step.TryGetProperty("registry", out _) ? "other" : "main");
        }

        private void Folder(JsonElement step)
        {
            var call = step.GetProperty("content").EnumerateArray().Single(c => c.GetProperty("call").GetString() == "libPubspec");
            var args = call.GetProperty("args");
            var named = call.TryGetProperty("named", out var n) ? n : default;
            _world.PutFolder("../" + step.GetProperty("path"), new(
                new(PackageName.Parse(args[0].GetString()!), SemanticVersion.Parse(args[1].GetString()!)),
                null, ReleaseStatus.Ok, new ReleaseDetails { Dependencies = [.. Dependencies(named, "deps", DependencyGroup.Normal)] }));
        }

        private void Root(JsonElement step)
        {
            var spec = step.TryGetProperty("pubspec", out var pubspec) ? pubspec : step;
            var overrides = Dependencies(spec, "dependency_overrides", DependencyGroup.Normal).ToList();
            var written = Dependencies(spec, "dependencies", DependencyGroup.Normal)
                .Concat(Dependencies(spec, "dev_dependencies", DependencyGroup.Dev)).ToList();
            _manifest = new()
            {
                Package = new(PackageName.Parse("myapp"), SemanticVersion.Parse(Text(spec, "version") ?? "0.0.0")) { Engines = Engines(spec) },
                // An override there is also a dependency.
                Dependencies = [.. written, .. overrides.Where(o => written.TrueForAll(d => d.Name != o.Name))],
            };
            _options = ResolutionTable.Default with { Overrides = [.. overrides.Select(o => new Override(o.Name, o.Constraint, o.Origin, null, null))] };
        }

        private void Expect(JsonElement step)
        {
            var isDowngrade = step.TryGetProperty("downgrade", out _);
            var request = new ResolutionRequest(
                [new(_manifest, "cairn.toml", ".")], _options with { Strategy = isDowngrade ? VersionStrategy.Lowest : VersionStrategy.Newest })
            {
                Locked = _locked,
                Unlocking = isDowngrade ? Unlocking.Everything.Instance : Unlocking.Nothing.Instance,
                Engines = ImmutableSortedDictionary<string, SemanticVersion>.Empty
                    .Add("sdk", SemanticVersion.Parse("3.1.2")).Add("flutter", SemanticVersion.Parse("1.2.3")),
            };
            var resolver = new Resolver(request);
            var result = _world.Resolve(resolver);
            if (step.TryGetProperty("error_text", out _))
            {
                var failure = Assert.IsType<ResolverStep.Unsolvable>(result);
                var text = failure.Explanation.FullText();
                Assert.All(step.GetProperty("error_mentions").EnumerateArray(), name => Assert.Contains(name.GetString()!, text, StringComparison.Ordinal));
                Laws.Failed(_world, request, resolver, failure.Explanation);
                return;
            }

            var resolution = result is ResolverStep.Unsolvable unsolvable
                ? throw new Xunit.Sdk.XunitException(unsolvable.Explanation.FullText()) : Assert.IsType<ResolverStep.Solved>(result).Resolution;
            if (step.TryGetProperty("result", out var expected))
            {
                Assert.Equal(
                    string.Join(", ", expected.EnumerateObject().Select(p => $"{p.Name} {p.Value}").Order(StringComparer.Ordinal)),
                    string.Join(", ", resolution.Packages.Where(p => p.Source is not PackageSource.Member).Select(p => $"{p.Id}")
                        .Order(StringComparer.Ordinal)));
            }

            Laws.Solved(_world, request, resolution);
            _locked = resolution.ToLockfile();
        }

        private static IEnumerable<Dependency> Dependencies(JsonElement of, string key, DependencyGroup group) =>
            of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(key, out var table) ? []
                : table.EnumerateObject().Select(p => Dependency(PackageName.Parse(p.Name), p.Value, group));

        private static Dependency Dependency(PackageName name, JsonElement value, DependencyGroup group) =>
            value.ValueKind == JsonValueKind.String ? new(name, Range(value.GetString()!), group, DependencyOrigin.Feed.Routed)
            : value.TryGetProperty("path", out var path) ? new(name, Constraint.Any, group, new DependencyOrigin.Path(
                path.ValueKind == JsonValueKind.String ? path.GetString()! : "../" + path.GetProperty("args")[1]))
            : value.TryGetProperty("git", out var git) ? new(name, Constraint.Any, group, new DependencyOrigin.Git(git.GetString()!, GitReference.Default))
            : new(name, Range(Text(value, "version") ?? "any"), group, new DependencyOrigin.Feed("other"));

        private static ImmutableSortedDictionary<string, Constraint> Engines(JsonElement of) =>
            of.ValueKind != JsonValueKind.Object || !of.TryGetProperty("environment", out var table) ? Release.NoEngines
                : table.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String)
                    .ToImmutableSortedDictionary(p => p.Name, p => Range(p.Value.GetString()!), StringComparer.Ordinal);

        private static string? Text(JsonElement of, string key) => of.TryGetProperty(key, out var value) ? value.GetString() : null;

        // A bare version is exact there.
        private static Constraint Range(string text) =>
            text == "any" ? Constraint.Any : Constraint.Parse(char.IsAsciiDigit(text[0]) ? "=" + text : text.Replace("> ", ">", StringComparison.Ordinal));
    }
}
