using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>A quiet word and what it is, one line each: `Licence    MIT`.</summary>
internal static class KeyValues
{
    /// <summary>Where values begin.</summary>
    public const int KeyWidth = 11;

    /// <summary>Draws one pair. Returns the next row.</summary>
    public static int Draw(Canvas canvas, int y, ReadOnlySpan<char> key, ReadOnlySpan<char> value, Style style = default)
    {
        canvas.WriteFitted(0, y, KeyWidth - 1, key, Style.Quiet);
        canvas.WriteFitted(KeyWidth, y, canvas.Width - KeyWidth, value, style);
        return y + 1;
    }
}
