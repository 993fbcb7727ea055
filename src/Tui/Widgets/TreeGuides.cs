using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>The lines of a tree in front of a row.</summary>
internal static class TreeGuides
{
    /// <summary>Columns of one level.</summary>
    public const int Indent = 3;

    // Deeper levels are drawn at this one, so that names stay in view.
    private const int MaxDepth = 16;

    /// <summary>Draws the lines of a row. Returns the column where its text begins.</summary>
    public static int Draw(Canvas row, in TreeRow tree)
    {
        var depth = Math.Min(tree.Depth, Math.Min(MaxDepth, Math.Max(1, row.Width / (2 * Indent))));
        for (var level = 1; level < depth; level++)
        {
            row.Write((level - 1) * Indent, 0, (tree.Rails >> level & 1) != 0 ? "│" : " ", Style.Quiet);
        }

        if (depth == 0)
        {
            return 0;
        }

        return row.Write((depth - 1) * Indent, 0, tree.IsLast ? "└─ " : "├─ ", Style.Quiet);
    }
}
