using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Engine.Tests.Resolution;

/// <summary>In which portions a resolver gets what it asks for.</summary>
public enum SupplyOrder
{
    Together,
    Reversed,
    OneByOne,
    LastFirst,
}

/// <summary>Packages in memory: a feed, folders and git repositories.</summary>
public sealed class World
{
    private readonly Dictionary<(string Registry, PackageName Name), SortedDictionary<SemanticVersion, Release>> _feed = [];
    private readonly Dictionary<string, Release> _folders = [];
    private readonly Dictionary<string, Release> _repositories = [];
    private readonly HashSet<PackageName> _offline = [];

    public IEnumerable<PackageName> Names => _feed.Keys.Select(key => key.Name).Distinct().Order();

    public IEnumerable<Release> Releases(PackageName name) => _feed.TryGetValue(("main", name), out var releases) ? releases.Values : [];

    public void Publish(Release release, string registry = "main")
    {
        if (!_feed.TryGetValue((registry, release.Id.Name), out var releases))
        {
            _feed[(registry, release.Id.Name)] = releases = [];
        }

        releases[release.Id.Version] = release;
    }

    public void Forget(PackageName name) => _feed.Remove(("main", name));

    public void PutFolder(string folder, Release release) => _folders[folder] = release;

    public void PutRepository(string url, Release release) => _repositories[url] = release;

    public void TakeOffline(PackageName name) => _offline.Add(name);

    public ResolverStep Resolve(ResolutionRequest request, SupplyOrder order = SupplyOrder.Together) =>
        Resolve(new Resolver(request), order);

    public ResolverStep Resolve(Resolver resolver, SupplyOrder order = SupplyOrder.Together)
    {
        while (true)
        {
            var step = resolver.Step();
            if (step is not ResolverStep.NeedsPackages needs)
            {
                return step;
            }

            foreach (var key in Portion(needs.Keys, order))
            {
                Answer(key, resolver.Supply, resolver.SupplyMissing);
            }
        }
    }

    public List<Repair> Repairs(RepairFinder finder, int max)
    {
        var repairs = new List<Repair>();
        while (repairs.Count < max)
        {
            switch (finder.Step())
            {
                case RepairStep.NeedsPackages needs:
                    foreach (var key in needs.Keys)
                    {
                        Answer(key, finder.Supply, finder.SupplyMissing);
                    }

                    break;
                case RepairStep.Found found:
                    repairs.Add(found.Repair);
                    break;
                default:
                    return repairs;
            }
        }

        return repairs;
    }

    /// <summary>Steps a session until nothing more comes.</summary>
    public ConflictState Finish(ConflictSession session)
    {
        while (true)
        {
            switch (session.Step())
            {
                case SessionStep.NeedsPackages needs:
                    foreach (var key in needs.Keys)
                    {
                        Answer(key, session.Supply, session.SupplyMissing);
                    }

                    break;
                case SessionStep.Done done:
                    Assert.True(done.State.IsComplete);
                    return done.State;
                default:
                    break;
            }
        }
    }

    /// <summary>What a source would say, or null.</summary>
    public SuppliedPackage? Find(PackageKey key) => key.Origin switch
    {
        DependencyOrigin.Feed feed when !_offline.Contains(key.Name) && _feed.TryGetValue((feed.Registry ?? "main", key.Name), out var releases) =>
            new(key, new PackageSource.Feed(feed.Registry ?? "main"), new(key.Name, [.. releases.Values])),
        DependencyOrigin.Path path when _folders.TryGetValue(path.Folder, out var release) =>
            new(key, new PackageSource.Path(path.Folder), new(release.Id.Name, [release])),
        DependencyOrigin.Git git when _repositories.TryGetValue(git.Url, out var release) =>
            new(key, new PackageSource.Git(git.Url, git.Reference, "c0ffee"), new(release.Id.Name, [release])),
        _ => null,
    };

    private void Answer(PackageKey key, Action<SuppliedPackage> supply, Action<PackageKey, Problem> missing)
    {
        if (Find(key) is { } found)
        {
            supply(found);
        }
        else
        {
            missing(key, _offline.Contains(key.Name)
                ? new(ProblemCode.OfflineMissing, $"the releases of {key.Name} are not on this machine", "run it again without `--offline`")
                : new(ProblemCode.PackageNotFound, $"there is no package {key.Name}"));
        }
    }

    private static IEnumerable<PackageKey> Portion(ImmutableArray<PackageKey> keys, SupplyOrder order) => order switch
    {
        SupplyOrder.Reversed => keys.Reverse(),
        SupplyOrder.OneByOne => keys.Take(1),
        SupplyOrder.LastFirst => keys.Reverse().Take(1),
        _ => keys,
    };
}
