using System.Collections.Immutable;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Tree;

internal enum Fold
{
    /// <summary>Needs nothing.</summary>
    Leaf,
    Open,
    Closed,

    /// <summary>What it needs is shown at an earlier row.</summary>
    Repeated,
}

/// <summary>A visible row of the dependency tree.</summary>
internal readonly record struct GraphRow(TreeRow Tree, Fold Fold);

/// <summary>Which way the tree is read.</summary>
internal enum GraphReading
{
    /// <summary>From the project down to what it needs.</summary>
    Needs,

    /// <summary>From one package to those that need it.</summary>
    NeededBy,
}

/// <summary>
/// Lays a graph out as rows. What a package needs is listed once, at its first visible row, so the number of rows is
/// bounded by the number of edges whatever is open.
/// </summary>
internal static class TreeRows
{
    private const int RailsMax = 64;

    /// <param name="kept">Null, or the only nodes to show; then all of them are open.</param>
    public static GraphRow[] Of(DependencyGraph graph, ImmutableArray<int> roots, GraphReading direction, ImmutableHashSet<int> open, bool[]? kept)
    {
        var rows = new List<GraphRow>();
        var listed = new bool[graph.Nodes.Length];
        var waiting = new Stack<TreeRow>();
        Push(waiting, roots.AsSpan(), -1, 0, true, kept);
        while (waiting.TryPop(out var row))
        {
            var children = direction == GraphReading.Needs ? graph.Needs(row.Node) : graph.NeededBy(row.Node);
            var fold = FoldOf(row.Node, children.Length, listed, kept is not null || open.Contains(row.Node));
            rows.Add(new GraphRow(row, fold));
            if (fold == Fold.Open)
            {
                listed[row.Node] = true;
                Push(waiting, children, row.Depth, row.Rails, row.IsLast, kept);
            }
        }

        return [.. rows];
    }

    private static Fold FoldOf(int node, int children, bool[] listed, bool isOpen) =>
        children == 0 ? Fold.Leaf : listed[node] ? Fold.Repeated : isOpen ? Fold.Open : Fold.Closed;

    // In reverse, so that they are popped in order.
    private static void Push(Stack<TreeRow> waiting, ReadOnlySpan<int> nodes, int depth, ulong rails, bool isLast, bool[]? kept)
    {
        var goesOn = depth is > 0 and < RailsMax && !isLast ? rails | (1UL << depth) : rails;
        var last = true;
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            if (kept is null || kept[nodes[i]])
            {
                waiting.Push(new TreeRow(nodes[i], depth + 1, goesOn, last));
                last = false;
            }
        }
    }
}
