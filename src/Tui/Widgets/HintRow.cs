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
