namespace Registry.Tui.Terminal;

/// <summary>A part of a frame, in columns and rows from the top left.</summary>
internal readonly record struct Rect(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    public bool IsEmpty => Width <= 0 || Height <= 0;

    public bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;

    /// <summary>The part that lies in both; empty when there is none.</summary>
    public Rect Within(Rect other)
    {
        int x = Math.Max(X, other.X), y = Math.Max(Y, other.Y);
        return new Rect(x, y, Math.Max(0, Math.Min(Right, other.Right) - x), Math.Max(0, Math.Min(Bottom, other.Bottom) - y));
    }

    /// <summary>The first <paramref name="rows"/> rows, and what is left below them.</summary>
    public (Rect Top, Rect Below) SplitTop(int rows)
    {
        var taken = Math.Clamp(rows, 0, Height);
        return (this with { Height = taken }, this with { Y = Y + taken, Height = Height - taken });
    }

    /// <summary>What is left above, and the last <paramref name="rows"/> rows.</summary>
    public (Rect Above, Rect Bottom) SplitBottom(int rows)
    {
        var (rest, bottom) = SplitTop(Height - Math.Clamp(rows, 0, Height));
        return (rest, bottom);
    }

    /// <summary>The first <paramref name="columns"/> columns, and what is left beside them.</summary>
    public (Rect Left, Rect Beside) SplitLeft(int columns)
    {
        var taken = Math.Clamp(columns, 0, Width);
        return (this with { Width = taken }, this with { X = X + taken, Width = Width - taken });
    }

    /// <summary>A rectangle of at most this size in the middle of this one.</summary>
    public Rect Centred(int width, int height)
    {
        int w = Math.Min(width, Width), h = Math.Min(height, Height);
        return new Rect(X + ((Width - w) / 2), Y + ((Height - h) / 2), w, h);
    }

    public Rect Shrink(int columns, int rows) =>
        new(X + columns, Y + rows, Math.Max(0, Width - (2 * columns)), Math.Max(0, Height - (2 * rows)));
}
