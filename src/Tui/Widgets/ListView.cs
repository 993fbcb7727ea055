using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>Rows of one line each, of any number; the selected one has a mark, a ground and the cursor.</summary>
internal static class ListView
{
    /// <summary>The columns before each row: the mark of the selected one.</summary>
    public const int Gutter = 1;

    public static void Draw<TRows>(Canvas canvas, TRows rows, ScrollState scroll, Focus focus)
        where TRows : struct, IRows, allows ref struct
    {
        var view = scroll.InView(rows.Count, canvas.Height);
        for (var y = 0; y < canvas.Height && view.Top + y < rows.Count; y++)
        {
            var row = canvas.RowAt(y);
            rows.Draw(row.Part(new Rect(Gutter, 0, row.Width - Gutter, 1)), view.Top + y);
            if (view.Top + y == view.Selected)
            {
                Mark(row, focus);
            }
        }

        Scrollbar.Draw(canvas, view.Top, rows.Count);
    }

    private static void Mark(Canvas row, Focus focus)
    {
        row.Write(0, 0, ">", new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
        if (focus == Focus.Here)
        {
            row.Select(0);
            row.PlaceCursor(0, 0);
        }
    }
}

/// <summary>Whether keys go to this widget.</summary>
internal enum Focus
{
    Elsewhere,
    Here,
}
