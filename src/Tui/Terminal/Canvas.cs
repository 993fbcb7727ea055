using System.Globalization;

namespace Registry.Tui.Terminal;

/// <summary>
/// A rectangle of a frame to draw in, with its own origin. Nothing drawn here leaves it, whatever the text. Text is
/// taken cluster by cluster and made harmless on the way.
/// </summary>
internal readonly ref struct Canvas
{
    private readonly Frame frame;
    private readonly Rect area;

    public Canvas(Frame frame)
        : this(frame, frame.Bounds)
    {
    }

    private Canvas(Frame frame, Rect area)
    {
        this.frame = frame;
        this.area = area;
    }

    public int Width => area.Width;

    public int Height => area.Height;

    /// <summary>This canvas as a rectangle of its own, at 0, 0.</summary>
    public Rect Bounds => new(0, 0, area.Width, area.Height);

    /// <summary>A part, given in this canvas's own columns and rows.</summary>
    public Canvas Part(Rect part) =>
        new(frame, new Rect(area.X + part.X, area.Y + part.Y, part.Width, part.Height).Within(area));

    public Canvas RowAt(int y) => Part(new Rect(0, y, Width, 1));

    /// <summary>Blanks everything with a style.</summary>
    public void Fill(Style style)
    {
        for (var y = 0; y < Height; y++)
        {
            Repeat(0, y, Width, ' ', style);
        }
    }

    /// <summary>Writes text from a column on, cut at the right edge. Returns the column behind it.</summary>
    public int Write(int x, int y, ReadOnlySpan<char> text, Style style = default)
    {
        if ((uint)y >= (uint)Height)
        {
            return x;
        }

        var clusters = new Clusters(text);
        while (x < Width && clusters.Next())
        {
            if (clusters.Width == 0)
            {
                continue;
            }

            if (clusters.Width > Width - x)
            {
                Put(x, y, ' ', 1, style);
                return Width;
            }

            Put(x, y, frame.Glyphs.Intern(clusters.Shown), clusters.Width, style);
            x += clusters.Width;
        }

        return x;
    }

    /// <summary>
    /// Writes text that leads to a web address where the terminal shows links; the address itself must be readable somewhere
    /// too. Returns the column behind it.
    /// </summary>
    public int WriteLink(int x, int y, ReadOnlySpan<char> text, string address, Style style = default)
    {
        var end = Write(x, y, text, style);
        Link(x, y, end - x, address);
        return end;
    }

    /// <summary>Lets columns that are written lead to a web address.</summary>
    public void Link(int x, int y, int columns, string address)
    {
        var (from, to) = (Math.Max(0, x), Math.Min(Width, x + columns));
        if ((uint)y < (uint)Height && from < to)
        {
            frame.Link(area.X + from, area.Y + y, to - from, frame.Glyphs.Links.Intern(address));
        }
    }

    /// <summary>Writes a number without making a string.</summary>
    public int Write(int x, int y, long number, Style style = default)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var length, "N0", CultureInfo.InvariantCulture);
        return Write(x, y, digits[..length], style);
    }

    /// <summary>Writes text into a field of columns; what does not fit ends in `…`. Returns the column behind the field.</summary>
    public int WriteFitted(int x, int y, int columns, ReadOnlySpan<char> text, Style style = default)
    {
        if (columns <= 0)
        {
            return x;
        }

        var field = Part(new Rect(x, 0, columns, Height));
        if (Clusters.Measure(text) <= columns)
        {
            field.Write(0, y, text, style);
        }
        else
        {
            field.Part(new Rect(0, 0, columns - 1, Height)).Write(0, y, text, style);
            field.Write(columns - 1, y, "…", style);
        }

        return x + columns;
    }

    /// <summary>Writes text so that it ends before a column.</summary>
    public void WriteRight(int right, int y, ReadOnlySpan<char> text, Style style = default) =>
        Write(Math.Max(0, right - Clusters.Measure(text)), y, text, style);

    public void Repeat(int x, int y, int count, char glyph, Style style = default)
    {
        for (var i = Math.Max(0, x); i < x + count && i < Width; i++)
        {
            Put(i, y, glyph, 1, style);
        }
    }

    public void Rule(int y, Style style = default) => Repeat(0, y, Width, '─', style);

    public void VerticalRule(int x, Style style = default)
    {
        for (var y = 0; y < Height; y++)
        {
            Put(x, y, '│', 1, style);
        }
    }

    /// <summary>Gives the row a ground, keeping what is written on it; the row that has the focus.</summary>
    public void Select(int y)
    {
        for (var x = 0; x < Width && (uint)y < (uint)Height; x++)
        {
            var cell = frame.Row(area.Y + y)[area.X + x];
            frame.Restyle(area.X + x, area.Y + y, cell.Style.On(Ink.Selection));
        }
    }

    public void PlaceCursor(int x, int y)
    {
        if (Bounds.Contains(x, y))
        {
            frame.PlaceCursor(area.X + x, area.Y + y);
        }
    }

    private void Put(int x, int y, uint glyph, int width, Style style)
    {
        if (x >= 0 && y >= 0 && x + width <= Width && y < Height)
        {
            frame.Put(area.X + x, area.Y + y, glyph, width, style);
        }
    }
}
