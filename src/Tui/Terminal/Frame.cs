namespace Registry.Tui.Terminal;

/// <summary>
/// A grid of cells: what the screen shows, or will show. Wide glyphs are always whole: writing over one half blanks the
/// other. The cursor is part of it; it stands on the focused row or in the text field.
/// </summary>
internal sealed class Frame
{
    private Cell[] cells = [];

    public Frame(GlyphTable glyphs, int width, int height)
    {
        Glyphs = glyphs;
        Resize(width, height);
    }

    public GlyphTable Glyphs { get; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int CursorX { get; private set; }

    public int CursorY { get; private set; }

    public bool CursorVisible { get; private set; }

    public Rect Bounds => new(0, 0, Width, Height);

    public ReadOnlySpan<Cell> Row(int y) => cells.AsSpan(y * Width, Width);

    /// <summary>Changes the size and blanks everything.</summary>
    public void Resize(int width, int height)
    {
        (Width, Height) = (Math.Max(0, width), Math.Max(0, height));
        if (cells.Length != Width * Height)
        {
            cells = new Cell[Width * Height];
        }

        Clear();
    }

    public void Clear()
    {
        cells.AsSpan().Fill(Cell.Blank);
        CursorVisible = false;
    }

    public void PlaceCursor(int x, int y)
    {
        (CursorX, CursorY) = (Math.Clamp(x, 0, Math.Max(0, Width - 1)), Math.Clamp(y, 0, Math.Max(0, Height - 1)));
        CursorVisible = Width > 0 && Height > 0;
    }

    /// <summary>Puts a glyph of 1 or 2 columns. A wide one that would stick out of the row becomes a blank.</summary>
    public void Put(int x, int y, uint glyph, int width, Style style)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            return;
        }

        var row = cells.AsSpan(y * Width, Width);
        if (width == 2 && x + 1 >= Width)
        {
            (glyph, width) = (' ', 1);
        }

        Open(row, x);
        row[x] = new Cell(glyph, style, (byte)width);
        if (width == 2)
        {
            Open(row, x + 1);
            row[x + 1] = Cell.TailOf(style);
        }
    }

    /// <summary>Changes only the look of a cell, for the whole glyph it belongs to.</summary>
    public void Restyle(int x, int y, Style style)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            return;
        }

        var row = cells.AsSpan(y * Width, Width);
        var lead = row[x].IsTail ? x - 1 : x;
        row[lead] = row[lead].In(style);
        if (row[lead].Width == 2)
        {
            row[lead + 1] = row[lead + 1].In(style);
        }
    }

    /// <summary>Lets columns of a row lead somewhere; a wide glyph is taken whole when its first column is.</summary>
    public void Link(int x, int y, int columns, int link)
    {
        var row = cells.AsSpan(y * Width, Width);
        for (var i = Math.Max(0, x); i < Math.Min(Width, x + columns); i++)
        {
            row[i] = row[i].LeadingTo(row[i].IsTail ? row[i - 1].Link : link);
            if (row[i].Width == 2)
            {
                row[i + 1] = row[i + 1].LeadingTo(link);
            }
        }
    }

    // Before a cell is overwritten: blanks the other half of a wide glyph it belongs to.
    private static void Open(Span<Cell> row, int x)
    {
        if (row[x].IsTail && x > 0)
        {
            row[x - 1] = Cell.Blank.In(row[x - 1].Style);
        }
        else if (row[x].Width == 2)
        {
            row[x + 1] = Cell.Blank.In(row[x].Style);
        }
    }
}
