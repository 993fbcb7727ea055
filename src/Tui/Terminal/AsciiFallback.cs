namespace Registry.Tui.Terminal;

/// <summary>The one-column stand-ins of our own signs where only ASCII may be sent.</summary>
internal static class AsciiFallback
{
    public static uint For(Cell cell, GlyphSet glyphs) =>
        glyphs == GlyphSet.Unicode || cell.Glyph <= '~' ? cell.Glyph : StandIn(cell.Glyph);

    private static char StandIn(uint glyph) => glyph switch
    {
        '─' or '═' or '·' => '-',
        '│' => '|',
        '├' or '└' or '┌' or '┐' or '┘' or '┤' or '┴' or '┬' or '┼' => '+',
        '▸' => '>',
        '▾' => 'v',
        '…' => '~',
        '✓' => 'y',
        '✗' => 'x',
        '█' => '#',
        '░' => '.',
        '→' => '>',
        >= 0x2800 and <= 0x28FF => '*',
        _ => '?',
    };
}
