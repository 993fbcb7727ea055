using System.Runtime.InteropServices;

namespace Registry.Tui.Terminal;

/// <summary>
/// One column of one row. A wide glyph owns two: the lead has width 2, the one behind it width 0 and the same style.
/// Exactly eight bytes without a gap, so that rows are compared as machine words.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Cell(uint Glyph, Style Style, byte Width)
{
    /// <summary>A space in the terminal's own colours.</summary>
    public static Cell Blank => new(' ', default, 1);

    public bool IsTail => Width == 0;

    public static Cell TailOf(Style style) => new(0, style, 0);
}
