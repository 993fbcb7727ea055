using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>The keys that do something now. Those that do not fit are left out; the ones of <c>always</c> stand at the right.</summary>
internal static class HintRow
{
    private const int Gap = 2;

    public static void Draw(Canvas row, ReadOnlySpan<Hint> hints, ReadOnlySpan<Hint> always)
    {
        var right = row.Width - WidthOf(always) - 1;
        DrawAll(row, right, always);
        var x = 1;
        foreach (var hint in hints)
        {
            if (x + WidthOf(hint) > right - Gap)
            {
                return;
            }

            x = DrawOne(row, x, hint) + Gap;
        }
    }

    /// <summary>The hint at a column, those of <c>always</c> counted on behind the others; -1 between them.</summary>
    public static int At(int width, ReadOnlySpan<Hint> hints, ReadOnlySpan<Hint> always, int column)
    {
        var right = width - WidthOf(always) - 1;
        var x = 1;
        for (var i = 0; i < hints.Length && x + WidthOf(hints[i]) <= right - Gap; x += WidthOf(hints[i++]) + Gap)
        {
            if (column >= x && column < x + WidthOf(hints[i]))
            {
                return i;
            }
        }

        x = right;
        for (var i = 0; i < always.Length; x += WidthOf(always[i++]) + Gap)
        {
            if (column >= x && column < x + WidthOf(always[i]))
            {
                return hints.Length + i;
            }
        }

        return -1;
    }

    private static void DrawAll(Canvas row, int x, ReadOnlySpan<Hint> hints)
    {
        foreach (var hint in hints)
        {
            x = DrawOne(row, x, hint) + Gap;
        }
    }

    private static int DrawOne(Canvas row, int x, Hint hint)
    {
        x = row.Write(x, 0, hint.Key, new Style(Ink.Accent));
        return row.Write(x + 1, 0, hint.Verb);
    }

    private static int WidthOf(Hint hint) => Clusters.Measure(hint.Key) + 1 + Clusters.Measure(hint.Verb);

    private static int WidthOf(ReadOnlySpan<Hint> hints)
    {
        var width = 0;
        foreach (var hint in hints)
        {
            width += WidthOf(hint) + Gap;
        }

        return Math.Max(0, width - Gap);
    }
}
