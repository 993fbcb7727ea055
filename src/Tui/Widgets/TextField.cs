using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>Draws a line of text being typed, scrolled so that the caret is in view.</summary>
internal static class TextField
{
    public static void Draw(Canvas row, TextInput input, ReadOnlySpan<char> whenEmpty, Focus focus)
    {
        if (input.Text.Length == 0)
        {
            row.WriteFitted(0, 0, row.Width, whenEmpty, Style.Quiet);
        }

        // The caret needs a column of its own behind the text.
        var hidden = Math.Max(0, Clusters.Measure(input.Text.AsSpan(0, input.Caret)) - Math.Max(0, row.Width - 1));
        var start = IndexBehind(input.Text, hidden);
        row.Write(0, 0, input.Text.AsSpan(start), focus == Focus.Here ? Style.Strong : Style.Plain);
        if (focus == Focus.Here)
        {
            row.PlaceCursor(Clusters.Measure(input.Text.AsSpan(start, Math.Max(0, input.Caret - start))), 0);
        }
    }

    // The index of the first cluster that begins at or behind this many columns.
    private static int IndexBehind(string text, int columns)
    {
        var clusters = new Clusters(text);
        int index = 0, x = 0;
        while (x < columns && clusters.Next())
        {
            (index, x) = (index + clusters.Source.Length, x + clusters.Width);
        }

        return index;
    }
}
