using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>A box over what is drawn, with a title in its upper and keys in its lower edge.</summary>
internal static class Popup
{
    /// <summary>Draws the box in the middle. Returns the canvas inside it, with a blank column at each side.</summary>
    public static Canvas Draw(Canvas canvas, int width, int height, ReadOnlySpan<char> title, ReadOnlySpan<char> keys)
    {
        var box = canvas.Part(canvas.Bounds.Centred(width, height));
        box.Fill(Style.Plain);
        DrawEdge(box, 0, "┌", "┐", title, Style.Strong);
        DrawEdge(box, box.Height - 1, "└", "┘", keys, Style.Quiet);
        for (var y = 1; y < box.Height - 1; y++)
        {
            box.Write(0, y, "│", Style.Quiet);
            box.Write(box.Width - 1, y, "│", Style.Quiet);
        }

        return box.Part(box.Bounds.Shrink(2, 1));
    }

    private static void DrawEdge(Canvas box, int y, string left, string right, ReadOnlySpan<char> text, Style style)
    {
        box.Rule(y, Style.Quiet);
        box.Write(0, y, left, Style.Quiet);
        box.Write(box.Width - 1, y, right, Style.Quiet);
        var width = Math.Min(Clusters.Measure(text), box.Width - 6);
        if (width <= 0)
        {
            return;
        }

        var x = (box.Width - width - 2) / 2;
        box.Write(x, y, " ");
        x = box.WriteFitted(x + 1, y, width, text, style);
        box.Write(x, y, " ");
    }
}
