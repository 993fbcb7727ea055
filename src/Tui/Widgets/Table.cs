using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>Columns that share a row. The widths are worked out once a frame and serve all rows.</summary>
internal static class Table
{
    /// <summary>Empty columns between two.</summary>
    public const int Gap = 2;

    /// <summary>
    /// Fits columns into a width: what they want, with the rest shared out; else each shrinks to its least, from the right;
    /// else those that may go are left out, from the right. A width of 0 means left out.
    /// </summary>
    public static void Arrange(ReadOnlySpan<Column> columns, int room, Span<int> widths)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            widths[i] = columns[i].Width;
        }

        for (var i = columns.Length - 1; i >= 0 && Used(widths) > room; i--)
        {
            widths[i] = Math.Max(columns[i].Least, widths[i] - (Used(widths) - room));
        }

        for (var i = columns.Length - 1; i > 0 && Used(widths) > room; i--)
        {
            widths[i] = 0;
        }

        Share(columns, room - Used(widths), widths);
    }

    public static void DrawHeader(Canvas row, ReadOnlySpan<Column> columns, ReadOnlySpan<int> widths)
    {
        var x = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            x = DrawField(row, x, widths[i], columns[i].Title, Style.Quiet);
        }
    }

    /// <summary>Draws one field. Returns the column where the next begins.</summary>
    public static int DrawField(Canvas row, int x, int width, ReadOnlySpan<char> text, Style style = default)
    {
        if (width == 0)
        {
            return x;
        }

        row.WriteFitted(x, 0, width, text, style);
        return x + width + Gap;
    }

    private static int Used(ReadOnlySpan<int> widths)
    {
        var used = 0;
        foreach (var width in widths)
        {
            used += width > 0 ? width + Gap : 0;
        }

        return Math.Max(0, used - Gap);
    }

    private static void Share(ReadOnlySpan<Column> columns, int left, Span<int> widths)
    {
        var shares = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            shares += widths[i] > 0 ? columns[i].Share : 0;
        }

        for (var i = 0; i < columns.Length && shares > 0 && left > 0; i++)
        {
            widths[i] += widths[i] > 0 ? left * columns[i].Share / shares : 0;
        }
    }
}
