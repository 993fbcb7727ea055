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
    private readonly int[][] needs;
    private readonly int[][] neededBy;

    private DependencyGraph(ImmutableArray<LockedPackage> packages)
    {
        for (var i = 0; i < packages.Length; i++)
        {
            numbers.TryAdd(packages[i].Id, i);
        }

        needs = [.. packages.Select(Targets)];
        neededBy = Turn(needs);
        Nodes = [.. packages.Select((package, i) => NodeOf(package, neededBy[i].Length))];
        Roots = [.. Enumerable.Range(0, packages.Length).Where(i => packages[i].Source is PackageSource.Member)];
    }

    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>The project's own packages.</summary>
    public ImmutableArray<int> Roots { get; }

    public static DependencyGraph Of(Lockfile? lockfile) => new(lockfile?.Packages ?? []);

    public ReadOnlySpan<int> Needs(int node) => needs[node];

    public ReadOnlySpan<int> NeededBy(int node) => neededBy[node];

    /// <summary>The highest locked version of a name, or -1.</summary>
    public int Find(PackageName name)
    {
        var best = -1;
        for (var i = 0; i < Nodes.Length; i++)
        {
            if (Nodes[i].Package.Id.Name == name && (best < 0 || Nodes[i].Package.Id.Version > Nodes[best].Package.Id.Version))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Ways from a root to a node, the shortest first, at most so many; each begins with the root.</summary>
    public ImmutableArray<ImmutableArray<int>> Ways(int node, int most)
    {
        // Every node of a way is enough to bound the search in graphs with very many ways.
        const int StepsMax = 20_000;
        var found = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var open = new Queue<ImmutableList<int>>([[node]]);
        for (var steps = 0; steps < StepsMax && found.Count < most && open.TryDequeue(out var way); steps++)
        {
            if (Roots.Contains(way[0]))
            {
                found.Add([.. way]);
                continue;
            }

            foreach (var dependent in neededBy[way[0]])
            {
                if (!way.Contains(dependent))
                {
                    open.Enqueue(way.Insert(0, dependent));
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
}
