using System.Runtime.InteropServices;
using Registry.Engine.Resolution.Solving;

namespace Registry.Benchmarks.Resolve;

/// <summary>
/// A plain file as a universe: package i of the file is package i, and every distinct (target, allowed versions) of a
/// package is one fact for all versions that have it.
/// </summary>
public static class PlainUniverse
{
    public static Universe Build(IReadOnlyList<PlainPackage> packages)
    {
        var universe = new Universe();
        foreach (var package in packages)
        {
            universe.AddPackage(package.Versions.Length);
        }

        var edges = new Dictionary<EdgeKey, int>();
        var sharers = new List<List<int>>();
        for (var id = 0; id < packages.Count; id++)
        {
            AddFacts(universe, id, packages[id], edges, sharers);
            universe.Close(id);
        }

        return universe;
    }

    private static void AddFacts(Universe universe, int id, PlainPackage package, Dictionary<EdgeKey, int> edges, List<List<int>> sharers)
    {
        edges.Clear();
        sharers.Clear();
        var keys = new List<EdgeKey>();
        foreach (var (set, ordinals) in SetsNewestFirst(package))
        {
            foreach (var dependency in package.Dependencies(set))
            {
                var key = new EdgeKey(dependency.Target, OrdinalSet.FromBounds(dependency.Bounds));
                ref var edge = ref CollectionsMarshal.GetValueRefOrAddDefault(edges, key, out var isKnown);
                if (!isKnown)
                {
                    edge = keys.Count;
                    keys.Add(key);
                    sharers.Add([]);
                }

                sharers[edge].AddRange(ordinals);
            }
        }

        for (var i = 0; i < keys.Count; i++)
        {
            universe.Require(id, OrdinalSet.FromOrdinals(sharers[i]), keys[i].Target, keys[i].Allowed);
        }
    }

    private static IEnumerable<(int Set, List<int> Ordinals)> SetsNewestFirst(PlainPackage package)
    {
        var ordinals = new List<int>?[package.SetCount];
        var order = new List<int>();
        for (var ordinal = package.Versions.Length - 1; ordinal >= 0; ordinal--)
        {
            var set = package.SetOf[ordinal];
            if (ordinals[set] is null)
            {
                ordinals[set] = [];
                order.Add(set);
            }

            ordinals[set]!.Add(ordinal);
        }

        foreach (var set in order)
        {
            yield return (set, ordinals[set]!);
        }
    }

    private readonly record struct EdgeKey(int Target, OrdinalSet Allowed);
}
