namespace Registry.Tui.Headless.Output;

/// <summary>
/// Rows in aligned columns, two spaces apart. The last column takes what is left of the width and is clipped; with
/// nowhere to clip to (a pipe) it is printed whole.
/// </summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print(Printer printer, Clipping clipping)
    {
        var widths = Widths();
        if (headings.Length > 0)
        {
            printer.Line(printer.Paint.Dim(Row(headings, widths, printer.Width, clipping)));
        }

        foreach (var row in _rows)
        {
            printer.Line(Row(row, widths, printer.Width, clipping));
        }
    }

    private int[] Widths()
    {
        var widths = new int[_rows.Append(headings).Max(row => row.Length)];
        foreach (var row in _rows.Append(headings))
        {
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        return widths;
    }

    private static string Row(string[] cells, int[] widths, int width, Clipping clipping)
    {
        var line = "";
        for (var i = 0; i < cells.Length; i++)
        {
            line += i == cells.Length - 1 ? cells[i] : cells[i].PadRight(widths[i] + 2);
        }

        line = line.TrimEnd();
        return clipping == Clipping.ToWidth ? Wrapping.Clip(line, width) : line;
    }
}

internal enum Clipping
{
    None,
    ToWidth,
}
