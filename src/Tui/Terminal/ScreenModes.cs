namespace Registry.Tui.Terminal;

/// <summary>The sequences that take and give back the screen; leaving is the exact reverse and harmless when sent twice.</summary>
internal static class ScreenModes
{
    /// <summary>Alternate screen, no wrapping, paste marks, mouse with drags in SGR form, focus reports, changes of the scheme, no cursor.</summary>
    public static ReadOnlySpan<byte> Enter => "\e[?1049h\e[?7l\e[?2004h\e[?1002h\e[?1006h\e[?1004h\e[?2031h\e[?25l"u8;

    public static ReadOnlySpan<byte> Leave => "\e[?2026l\e[0m\e[?25h\e[?2031l\e[?1004l\e[?1006l\e[?1002l\e[?2004l\e[?7h\e[?1049l"u8;

    /// <summary>The kitty keyboard protocol, only so far that no two keys send the same; only where it was offered.</summary>
    public static ReadOnlySpan<byte> KeyboardOn => "\e[>1u"u8;

    /// <summary>Goes before <see cref="Leave"/>: each screen has modes of its own. Not sent where it was not offered: old terminals print it.</summary>
    public static ReadOnlySpan<byte> KeyboardOff => "\e[<u"u8;

    public static ReadOnlySpan<byte> MouseOn => "\e[?1002h\e[?1006h"u8;

    public static ReadOnlySpan<byte> MouseOff => "\e[?1006l\e[?1002l"u8;
}
