using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>One package of a lockfile needing another; both are indexes into <see cref="LockGraph.Packages"/>.</summary>
/// <param name="LocalName">What the dependent calls it.</param>
public readonly record struct LockEdge(int From, int To, DependencyGroup Group, string LocalName);

/// <summary>
/// A lockfile as a graph, walked in both directions: what trees, paths and screens of dependencies are made of. Packages
/// are in the order of the lockfile; the project itself and its members are among them.
/// </summary>
public sealed class LockGraph
{
    private readonly ImmutableArray<LockEdge>[] _needs;
    private readonly ImmutableArray<LockEdge>[] _neededBy;
    private readonly Dictionary<PackageId, int> _indexes = [];
    private readonly ILookup<PackageName, int> _byName;

    public LockGraph(Lockfile lockfile)
    {
        Packages = lockfile.Packages;
        for (var i = 0; i < Packages.Length; i++)
        {
            _indexes.TryAdd(Packages[i].Id, i);
        }

        _byName = Enumerable.Range(0, Packages.Length).ToLookup(i => Packages[i].Id.Name);
        var edges = Packages.Select(Edges).ToArray();
        _needs = edges;
        _neededBy = new ImmutableArray<LockEdge>[Packages.Length];
        var backwards = edges.SelectMany(own => own).ToLookup(edge => edge.To);
        for (var i = 0; i < Packages.Length; i++)
        {
            _neededBy[i] = [.. backwards[i]];
        }

        Roots = [.. Enumerable.Range(0, Packages.Length).Where(i => Packages[i].Source is PackageSource.Member)
            .OrderByDescending(i => Packages[i].Source is PackageSource.Member { Folder: "." })];
    }

    public ImmutableArray<LockedPackage> Packages { get; }

    /// <summary>The project and its members, the project's own root first. A root without `[package]` is not among them.</summary>
    public ImmutableArray<int> Roots { get; }

    /// <summary>Edges to what a package needs, in the order of the lockfile.</summary>
    public ImmutableArray<LockEdge> Needs(int package) => _needs[package];

    /// <summary>Edges from what needs a package.</summary>
    public ImmutableArray<LockEdge> NeededBy(int package) => _neededBy[package];

    /// <summary>All versions of a name.</summary>
    public ImmutableArray<int> Find(PackageName name) => [.. _byName[name]];

    /// <returns>-1 when the lockfile does not have it.</returns>
    public int Find(PackageId id) => _indexes.GetValueOrDefault(id, -1);

    /// <summary>Packages of which there are several versions, by name.</summary>
    public IEnumerable<int> Duplicates =>
        _byName.Where(versions => versions.Count() > 1).OrderBy(versions => versions.Key).SelectMany(versions => versions);

    private ImmutableArray<LockEdge> Edges(LockedPackage package, int from) =>
        [.. package.Dependencies.Where(dependency => _indexes.ContainsKey(dependency.Target))
            .Select(dependency => new LockEdge(from, _indexes[dependency.Target], dependency.Group, dependency.LocalName))];
}
