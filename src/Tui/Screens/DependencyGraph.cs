using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;

namespace Registry.Tui.Screens;

/// <summary>A locked package as the tree shows it, with its texts ready to draw.</summary>
/// <param name="Shared">`shared x3` where several packages need it, else empty.</param>
internal sealed record GraphNode(LockedPackage Package, string Name, string Version, string Shared);

/// <summary>
/// Who needs whom in a lockfile, both ways, as numbers: the tree is walked on every key, with tens of thousands of nodes.
/// </summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<PackageId, int> numbers = [];
    private readonly Dictionary<PackageName, int> highest = [];
    private readonly HashSet<PackageName> duplicates = [];
    private readonly int[][] needs;
    private readonly int[][] neededBy;

    // Edges to the nearest root.
    private readonly int[] distances;

    private DependencyGraph()
    {
        (needs, neededBy, distances, Nodes, Roots) = ([], [], [], [], []);
    }

    private DependencyGraph(ImmutableArray<LockedPackage> packages)
    {
        for (var i = 0; i < packages.Length; i++)
        {
            var id = packages[i].Id;
            if (highest.ContainsKey(id.Name))
            {
                duplicates.Add(id.Name);
            }

            numbers.TryAdd(id, i);
            if (!highest.TryGetValue(id.Name, out var other) || packages[other].Id.Version < id.Version)
            {
                highest[id.Name] = i;
            }
        }

        needs = [.. packages.Select(Targets)];
        neededBy = Turn(needs);
        Nodes = [.. packages.Select((package, i) => NodeOf(package, neededBy[i].Length))];
        Roots = [.. Enumerable.Range(0, packages.Length).Where(i => packages[i].Source is PackageSource.Member)];
        distances = DistancesFrom(Roots);
    }

    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>The project's own packages.</summary>
    public ImmutableArray<int> Roots { get; }

    public static DependencyGraph Of(Lockfile? lockfile) => lockfile is null ? Empty : new(lockfile.Packages);

    // Without the passes over no packages: the first frame has it.
    private static DependencyGraph Empty { get; } = new();

    /// <summary>Whether several versions of a name are locked.</summary>
    public bool IsDuplicate(PackageName name) => duplicates.Contains(name);

    /// <summary>How many names have several versions.</summary>
    public int DuplicateCount => duplicates.Count;

    /// <summary>The node and everything it needs, directly or not.</summary>
    public List<int> Reached(int node)
    {
        var (seen, found, open) = (new bool[Nodes.Length], new List<int>(), new Stack<int>([node]));
        while (open.TryPop(out var next))
        {
            if (!seen[next])
            {
                seen[next] = true;
                found.Add(next);
                Array.ForEach(needs[next], open.Push);
            }
        }

        return found;
    }

    public ReadOnlySpan<int> Needs(int node) => needs[node];

    public ReadOnlySpan<int> NeededBy(int node) => neededBy[node];

    /// <summary>The highest locked version of a name, or -1.</summary>
    public int Find(PackageName name) => highest.GetValueOrDefault(name, -1);

    /// <summary>Ways from a root to a node, the shortest first, at most so many; each begins with the root.</summary>
    public ImmutableArray<ImmutableArray<int>> Ways(int node, int most)
    {
        // Guided by the true distances to a root, the shortest way takes as many turns as it is long; the bound is for
        // graphs with very many ways of the same length.
        const int TurnsMax = 4_000;
        var found = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var open = new PriorityQueue<Way, int>([(new Way(node, null, 1), distances[node])]);
        for (var turn = 0; turn < TurnsMax && found.Count < most && open.TryDequeue(out var way, out _); turn++)
        {
            if (distances[way.Node] == 0)
            {
                found.Add(way.Nodes());
                continue;
            }

            foreach (var dependent in neededBy[way.Node])
            {
                if (distances[dependent] < int.MaxValue && !way.Has(dependent))
                {
                    open.Enqueue(new Way(dependent, way, way.Length + 1), way.Length + 1 + distances[dependent]);
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>How many other packages nobody would need any more without this one.</summary>
    public int CountOnlyFor(int node)
    {
        var without = CountReached(node);
        return CountReached(-1) - without - 1;
    }

    /// <summary>The nodes themselves and everything that needs them, directly or not.</summary>
    public bool[] WithDependents(IEnumerable<int> nodes, bool inverted)
    {
        var edges = inverted ? needs : neededBy;
        var reached = new bool[Nodes.Length];
        var open = new Stack<int>(nodes);
        while (open.TryPop(out var node))
        {
            if (!reached[node])
            {
                reached[node] = true;
                Array.ForEach(edges[node], open.Push);
            }
        }

        return reached;
    }

    private int[] DistancesFrom(ImmutableArray<int> roots)
    {
        var result = new int[Nodes.Length];
        Array.Fill(result, int.MaxValue);
        var open = new Queue<int>(roots);
        foreach (var root in roots)
        {
            result[root] = 0;
        }

        while (open.TryDequeue(out var node))
        {
            foreach (var target in needs[node])
            {
                if (result[target] == int.MaxValue)
                {
                    result[target] = result[node] + 1;
                    open.Enqueue(target);
                }
            }
        }

        return result;
    }

    private int CountReached(int without)
    {
        var reached = new bool[Nodes.Length];
        var open = new Stack<int>(Roots);
        var count = 0;
        while (open.TryPop(out var node))
        {
            if (!reached[node] && node != without)
            {
                reached[node] = true;
                count++;
                Array.ForEach(needs[node], open.Push);
            }
        }

        return count;
    }

    private int[] Targets(LockedPackage package) =>
        [.. package.Dependencies.Select(edge => numbers.GetValueOrDefault(edge.Target, -1)).Where(target => target >= 0).Distinct()];

    private static int[][] Turn(int[][] edges)
    {
        var turned = new List<int>[edges.Length];
        for (var from = 0; from < edges.Length; from++)
        {
            foreach (var to in edges[from])
            {
                (turned[to] ??= []).Add(from);
            }
        }

        return [.. turned.Select(list => list?.ToArray() ?? [])];
    }

    private static GraphNode NodeOf(LockedPackage package, int dependents) =>
        new(package, package.Id.Name.Value, package.Id.Version.ToString(), dependents > 1 ? string.Create(CultureInfo.InvariantCulture, $"shared x{dependents}") : "");

    /// <summary>A way being followed upwards, from the package towards a root.</summary>
    private sealed record Way(int Node, Way? Below, int Length)
    {
        public bool Has(int node)
        {
            for (var way = this; way is not null; way = way.Below)
            {
                if (way.Node == node)
                {
                    return true;
                }
            }

            return false;
        }

        public ImmutableArray<int> Nodes()
        {
            var nodes = ImmutableArray.CreateBuilder<int>(Length);
            for (var way = this; way is not null; way = way.Below)
            {
                nodes.Add(way.Node);
            }

            return nodes.MoveToImmutable();
        }
    }
}
