using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Engine.Tests.Resolution;

/// <summary>
/// A scenario under way: each line of text (docs/RESOLVER.md, "Scenario files") changes the world or the request, or
/// states what a resolution must come to.
/// </summary>
public sealed class Scenario
{
    private readonly World _world = new();
    private readonly List<Root> _roots = [new("app", "1.0.0", ".", "cairn.toml")];
    private ResolutionTable _options = ResolutionTable.Default;
    private ImmutableArray<Wish> _wishes = [];
    private Unlocking _unlocking = Unlocking.Nothing.Instance;
    private Lockfile? _locked;
    private ImmutableSortedDictionary<string, SemanticVersion> _engines = ImmutableSortedDictionary<string, SemanticVersion>.Empty;
    private ImmutableArray<PackageName> _known = [];
    private Resolver? _resolver;
    private ResolverStep? _last;
    private List<Repair>? _repairs;
    private int _line = 3;

    public static void Play(string text)
    {
        var scenario = new Scenario();
        var lines = text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var block = lines.Skip(i + 1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();
            try
            {
                scenario.Play(lines[i], block);
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"in line `{lines[i]}`: {e.Message}", e);
            }

            i += block.Count;
        }
    }

    private void Play(string line, List<string> block)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (verb, rest) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim());
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (verb)
        {
            case "release": _world.Publish(ReleaseText.Read(rest)); break;
            case "feature": Feature(rest); break;
            case "folder": _world.PutFolder(words[0], ReleaseText.Read(string.Join(' ', words[1..]))); break;
            case "repository": _world.PutRepository(words[0], ReleaseText.Read(string.Join(' ', words[1..]))); break;
            case "offline": _world.TakeOffline(PackageName.Parse(rest)); break;
            case "unpublish": _world.Forget(PackageName.Parse(rest)); break;
            case "project": _roots[0] = new(words[0], words[1], ".", "cairn.toml"); _line = 3; break;
            case "member": _roots.Add(new(words[0], words[1], words[2], $"{words[2]}/cairn.toml")); _line = 3; break;
            case "ask": Ask(rest); break;
            case "unask": Unask(rest); break;
            case "own-feature": OwnFeature(rest); break;
            case "own-engine": _roots[^1].Engines = _roots[^1].Engines.Add(words[0], Constraint.Parse(words[1])); break;
            case "select": Select(words); break;
            case "engine": _engines = _engines.SetItem(words[0], SemanticVersion.Parse(words[1])); break;
            case "wish": _wishes = words is ["none"] ? [] : _wishes.Add(Wished(words, rest)); break;
            case "known": _known = [.. words.Select(PackageName.Parse)]; break;
            case "option": Option(words, rest); break;
            case "locked": _locked = Locked(rest); break;
            case "unlocked": _locked = null; break;
            case "lock": _locked = Solved().ToLockfile(); break;
            case "lock-holds": Assert.Empty(LockCheck.Check(Request().Roots, _options, _locked!).Reasons); break;
            case "lock-fails": Assert.Equal(rest, string.Join("; ", LockCheck.Check(Request().Roots, _options, _locked!).Reasons)); break;
            case "update": _unlocking = rest == "all" ? Unlocking.Everything.Instance : new Unlocking.Only([.. words.Select(PackageName.Parse)]); break;
            case "resolve": ExpectResolution(rest[2..].Trim()); break;
            case "fails": ExpectFailure(rest, block); break;
            case "edges": Assert.Equal(rest, Edges(Solved(), words)); break;
            case "change": Assert.Equal(block.Select(l => l.Trim()), Changes()); break;
            case "repairs": ExpectRepairs(block); break;
            case "session": ExpectSession(block); break;
            case "derivation": ExpectDerivation(block); break;
            case "apply": Apply(rest); break;
            default: throw new InvalidOperationException($"unknown verb `{verb}`");
        }
    }

    private ResolutionRequest Request() => new([.. _roots.Select(root => root.Build())], _options)
    {
        Locked = _locked,
        Unlocking = _unlocking,
        Engines = _engines,
        KnownNames = _known,
        Wishes = _wishes,
    };

    private Engine.Resolution.Resolution Solved() => Assert.IsType<ResolverStep.Solved>(_last).Resolution;

    private void ExpectResolution(string expected)
    {
        Run();
        var resolution = _last is ResolverStep.Unsolvable failure
            ? throw new Xunit.Sdk.XunitException(failure.Explanation.FullText()) : Solved();
        var withFeatures = expected.Contains('[', StringComparison.Ordinal);
        Assert.Equal(
            string.Join(", ", expected.Split(", ", StringSplitOptions.RemoveEmptyEntries)),
            string.Join(", ", resolution.Packages.Where(p => p.Source is not PackageSource.Member).Select(p =>
                $"{p.Id}{(withFeatures && !p.Features.IsEmpty ? $"[{string.Join(' ', p.Features)}]" : "")}")));
        Laws.Solved(_world, Request(), resolution);
        _unlocking = Unlocking.Nothing.Instance;
    }

    private void ExpectFailure(string kind, List<string> block)
    {
        Run();
        if (_last is not ResolverStep.Unsolvable failure)
        {
            throw new Xunit.Sdk.XunitException($"resolved to {string.Join(", ", Solved().Packages.Select(p => p.Id))}");
        }

        var text = failure.Explanation.FullText().TrimEnd().Split('\n').Select(l => l.TrimEnd()).ToList();
        if (block.Count > 0)
        {
            Same(string.Join('\n', block.Select(l => l[2..])), string.Join('\n', text));
        }

        Assert.Equal(kind, System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Explanation.Story.ToString()));
        Laws.Failed(_world, Request(), _resolver!, failure.Explanation);
    }

    // Assert.Equal cuts long texts, and these are read to be copied into the file.
    private static void Same(string expected, string actual)
    {
        if (expected != actual)
        {
            throw new Xunit.Sdk.XunitException($"expected:\n{expected}\nactual:\n{actual}");
        }
    }

    private void Run()
    {
        _resolver = new(Request());
        _last = _world.Resolve(_resolver);
        _repairs = null;
    }

    private void ExpectRepairs(List<string> block)
    {
        var finder = _resolver!.FindRepairs();
        _repairs = _world.Repairs(finder, 8);
        Same(string.Join('\n', block.Select(l => l.Trim())), string.Join('\n', _repairs.Select(r => r.Title)));
        foreach (var repair in _repairs)
        {
            Laws.Repaired(_world, Request(), repair);
        }
    }

    /// <summary>The state of a session with the wishes there are; each offer is resolved from the start.</summary>
    private void ExpectSession(List<string> block)
    {
        var state = _world.Finish(_resolver!.OpenSession());
        Same(string.Join('\n', block.Select(l => l[2..])), SessionText.Print(state));
        Laws.Offered(_world, Request(), state);
    }

    private void ExpectDerivation(List<string> block)
    {
        var derivation = Derivation.Of(Assert.IsType<ResolverStep.Unsolvable>(_last).Explanation);
        Same(string.Join('\n', block.Select(l => l[2..])), SessionText.Print(derivation));
    }

    /// <summary>Takes over what the repair with that title leads to.</summary>
    private void Apply(string title) => _locked = _repairs!.Single(r => r.Title == title).Resolution.ToLockfile();

    private IEnumerable<string> Changes() => LockDifference.Between(_locked, Solved().ToLockfile()).Changes.Select(change =>
        $"{change.Kind.ToString().ToLowerInvariant()} {change.Name} {change.Before?.Id.Version}"
        + $"{(change is { Before: not null, After: not null } ? " -> " : "")}{change.After?.Id.Version}"
        + (change.Step == VersionStep.None ? "" : $" {change.Step.ToString().ToLowerInvariant()}"));

    private static string Edges(Engine.Resolution.Resolution resolution, string[] words)
    {
        var package = resolution.Packages.Single(p => p.Id.ToString() == $"{words[0]} {words[1]}");
        return $"{package.Id} -> {string.Join(", ", package.Dependencies.Select(d => d.LocalName == d.Target.Name.Value ? $"{d.Target}" : $"{d.LocalName} = {d.Target}"))}".TrimEnd();
    }

    private void Feature(string rest)
    {
        var equals = rest.IndexOf('=', StringComparison.Ordinal);
        var words = rest[..equals].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var old = _world.Releases(PackageName.Parse(words[0])).Single(r => r.Id.Version == SemanticVersion.Parse(words[1]));
        _world.Publish(old with { Details = old.Details with { Features = old.Features.SetItem(words[2], ReleaseText.Entries(rest[(equals + 1)..])) } });
    }

    private static Wish Wished(string[] words, string rest) => words[0] switch
    {
        "keep" => new Wish.Keep(PackageName.Parse(words[1]), SemanticVersion.Parse(words[2])),
        "keep-line" => new Wish.KeepLine("cairn.toml", DependencyGroup.Normal, words[1]),
        "keep-as-of" => new Wish.KeepAsOf(),
        "never-prereleases" => new Wish.NeverPrereleases(PackageName.Parse(words[1])),
        "never-copies" => new Wish.NeverCopies(PackageName.Parse(words[1])),
        "never-override" => new Wish.NeverOverride(PackageName.Parse(words[1])),
        "never" when rest.Split(" because ") is var parts => new Wish.Never(
            PackageName.Parse(words[1]), Constraint.Parse(parts[0]["never ".Length..][words[1].Length..].Trim()).Versions, parts.Length > 1 ? parts[1] : ""),
        _ => throw new InvalidOperationException($"unknown wish `{words[0]}`"),
    };

    private void OwnFeature(string rest)
    {
        var equals = rest.IndexOf('=', StringComparison.Ordinal);
        _roots[^1].Features = _roots[^1].Features.SetItem(rest[..equals].Trim(), ReleaseText.Entries(rest[(equals + 1)..]));
    }

    private void Select(string[] words)
    {
        var root = _roots[^1];
        root.Selection = words is ["all"] ? FeatureSelection.All
            : new([.. words.Where(w => w is not ("nodefault" or "nodev"))], UsesDefault: !words.Contains("nodefault"));
        root.Groups = words.Contains("nodev") ? [DependencyGroup.Normal, DependencyGroup.Build] : root.Groups;
    }

    private void Ask(string text)
    {
        var dependency = ReleaseText.Dependency(text);
        var root = _roots[^1];
        var at = root.Dependencies.FindIndex(d => d.LocalName == dependency.LocalName && d.Group == dependency.Group);
        if (at < 0)
        {
            root.Dependencies.Add(dependency);
            root.Places[new(dependency.Group, dependency.LocalName)] = new(root.File, ++_line, 1);
        }
        else
        {
            root.Dependencies[at] = dependency;
        }
    }

    private void Unask(string localName) => _roots[^1].Dependencies.RemoveAll(d => d.LocalName == localName);

    private void Option(string[] words, string rest) => _options = words[0] switch
    {
        "duplicates" => _options with { Duplicates = Enum.Parse<DuplicatesPolicy>(words[1], true) },
        "strategy" => _options with { Strategy = Enum.Parse<VersionStrategy>(words[1], true) },
        "prereleases" => _options with { Prereleases = Enum.Parse<PrereleasePolicy>(words[1].Replace("-", "", StringComparison.Ordinal), true) },
        "allow-prerelease" => _options with { PrereleaseNames = [.. _options.PrereleaseNames, PackageName.Parse(words[1])] },
        "as-of" => _options with { AsOf = Date(words[1]) },
        "override" when ReleaseText.Dependency(rest["override ".Length..]) is var d => _options with
        {
            Overrides = [.. _options.Overrides, new(d.Name, d.Constraint, d.Origin, null, new("cairn.toml", 30, 1))],
        },
        "exclude" => _options with
        {
            Exclusions = [.. _options.Exclusions, new(PackageName.Parse(words[1]), words.Length > 3 ? PackageName.Parse(words[3]) : null)],
        },
        "default" => ResolutionTable.Default,
        _ => throw new InvalidOperationException($"unknown option `{words[0]}`"),
    };

    internal static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A lockfile with packages of the feed by name and version, without edges.</summary>
    private static Lockfile Locked(string text) => new("app", [.. text.Split(", ").Select(part => part.Split(' ')).Select(words =>
        new LockedPackage(new(PackageName.Parse(words[0]), SemanticVersion.Parse(words[1])), new PackageSource.Feed("main"), null, null, [], []))]);

    private sealed class Root(string name, string version, string folder, string file)
    {
        public string File { get; } = file;

        public List<Dependency> Dependencies { get; } = [];

        public Dictionary<DependencyKey, TextPlace> Places { get; } = [];

        public ImmutableSortedDictionary<string, ImmutableArray<string>> Features { get; set; } = Release.NoFeatures;

        public ImmutableSortedDictionary<string, Constraint> Engines { get; set; } = Release.NoEngines;

        public FeatureSelection Selection { get; set; } = FeatureSelection.Default;

        public ImmutableArray<DependencyGroup> Groups { get; set; } = [DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev];

        public ResolutionRoot Build() => new(
            new Manifest
            {
                Package = new(PackageName.Parse(name), SemanticVersion.Parse(version)) { Engines = Engines },
                Dependencies = [.. Dependencies],
                Places = Places.ToImmutableDictionary(),
                Features = Features,
            },
            File,
            folder)
        {
            Features = Selection,
            Groups = Groups,
        };
    }
}
