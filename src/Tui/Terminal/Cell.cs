using System.Runtime.InteropServices;

namespace Registry.Tui.Terminal;

/// <summary>
/// One column of one row. A wide glyph owns two: the lead has width 2, the one behind it width 0 and the same style.
/// Exactly eight bytes without a gap, so that rows are compared as machine words.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Cell
{
    private const int WidthBits = 2;

    // The width, and above it the number of the link.
    private readonly ushort rest;

    public Cell(uint glyph, Style style, byte width, int link = 0)
    {
        (Glyph, Style) = (glyph, style);
        rest = (ushort)(width | (link << WidthBits));
    }

    /// <summary>A space in the terminal's own colours.</summary>
    public static Cell Blank => new(' ', default, 1);

    public uint Glyph { get; }

    public Style Style { get; }

    public byte Width => (byte)(rest & ((1 << WidthBits) - 1));

    /// <summary>The number of what it leads to in the <see cref="LinkTable"/>; 0 for nothing.</summary>
    public int Link => rest >> WidthBits;

    public bool IsTail => Width == 0;

    public static Cell TailOf(Style style, int link = 0) => new(0, style, 0, link);

    public Cell In(Style style) => new(Glyph, style, Width, Link);

    public Cell LeadingTo(int link) => new(Glyph, Style, Width, link);
}
