using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>The titles of the screens in one row, the shown one in brackets.</summary>
internal static class Tabs
{
    public static void Draw(Canvas row, ReadOnlySpan<string> titles, int shown)
    {
        var x = 0;
        for (var i = 0; i < titles.Length; i++)
        {
            x = DrawOne(row, x, titles[i], i == shown);
        }
    }

    /// <summary>The tab at a column, or -1.</summary>
    public static int At(ReadOnlySpan<string> titles, int column)
    {
        var x = 0;
        for (var i = 0; i < titles.Length; i++)
        {
            var width = WidthOf(titles[i]);
            if (column >= x && column < x + width)
            {
                return i;
            }

            x += width + 1;
        }

        return -1;
    }

    /// <summary>The columns that all of them take.</summary>
    public static int WidthOf(ReadOnlySpan<string> titles)
    {
        var width = 0;
        foreach (var title in titles)
        {
            width += WidthOf(title) + 1;
        }

        return Math.Max(0, width - 1);
    }

    // A bracket or a space, the title, a bracket or a space.
    private static int WidthOf(string title) => Clusters.Measure(title) + 2;

    private static int DrawOne(Canvas row, int x, string title, bool shown)
    {
        var style = shown ? new Style(Ink.Accent, Ink.Default, Emphasis.Strong) : Style.Plain;
        var next = row.Write(x, 0, shown ? "[" : " ", style);
        next = row.Write(next, 0, title, style);
        return row.Write(next, 0, shown ? "] " : "  ", style);
    }
}
