using System.Globalization;

namespace Registry.Tui.Terminal;

/// <summary>The tables of the decoder for what a terminal answers. Null for what was not asked and for broken answers.</summary>
internal static class Replies
{
    /// <summary>Longer texts are no answer of ours.</summary>
    public const int MaxText = 64;

    private const int MaxNumbers = 4;
    private const int MaxNumber = 99_999;

    /// <summary>An answer in the form of a control sequence; parameters with their private sign and intermediate.</summary>
    public static TerminalReply? OfSequence(ReadOnlySpan<byte> parameters, byte final)
    {
        var isPrivate = !parameters.IsEmpty && parameters[0] == '?';
        var isMode = isPrivate && final == 'y' && parameters[^1] == '$';
        Span<int> numbers = stackalloc int[MaxNumbers];
        if (!TryRead(isMode ? parameters[1..^1] : isPrivate ? parameters[1..] : parameters, numbers, out var count))
        {
            return null;
        }

        return (isPrivate, (char)final) switch
        {
            (true, 'c') => new TerminalReply.Attributes(),
            (true, 'u') => new TerminalReply.KeyboardProtocol(),
            (true, 'y') when isMode && count == 2 => new TerminalReply.Mode(numbers[0], numbers[1]),
            (true, 'n') when count == 2 && numbers[0] == 997 && numbers[1] is 1 or 2 => new TerminalReply.Scheme(numbers[1] == 2),
            // `1;2R` is also Shift-F3: places are asked for on the second row only.
            (false, 'R') when count == 2 && numbers[0] > 1 && numbers[1] > 0 => new TerminalReply.CursorAt(numbers[1] - 1, numbers[0] - 1),
            _ => null,
        };
    }

    /// <summary>An answer in the form of an operating system command: `11;rgb:1e1e/1e1e/1e1e`.</summary>
    public static TerminalReply? OfText(ReadOnlySpan<byte> text)
    {
        var colour = text.StartsWith("11;rgb:"u8) ? text[7..] : text.StartsWith("11;rgba:"u8) ? text[8..] : default;
        Span<Range> parts = stackalloc Range[5];
        Span<char> digits = stackalloc char[MaxText];
        if (colour.IsEmpty || colour.Length > MaxText)
        {
            return null;
        }

        for (var i = 0; i < colour.Length; i++)
        {
            digits[i] = (char)colour[i];
        }

        digits = digits[..colour.Length];
        return ((ReadOnlySpan<char>)digits).Split(parts, '/') is 3 or 4
            && Channel(digits[parts[0]]) is { } red && Channel(digits[parts[1]]) is { } green && Channel(digits[parts[2]]) is { } blue
                ? new TerminalReply.Ground((red << 16) | (green << 8) | blue)
                : null;
    }

    // One to four digits, of which the first two count; a single one stands for both.
    private static int? Channel(ReadOnlySpan<char> digits) =>
        digits.Length is < 1 or > 4 || !int.TryParse(digits[..Math.Min(2, digits.Length)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? null
        : digits.Length == 1 ? value * 17
        : value;

    private static bool TryRead(ReadOnlySpan<byte> text, Span<int> numbers, out int count)
    {
        count = 1;
        foreach (var b in text)
        {
            if (b == ';')
            {
                count++;
            }
            else if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            else if (count <= numbers.Length)
            {
                numbers[count - 1] = Math.Min(MaxNumber, (numbers[count - 1] * 10) + (b - '0'));
            }
        }

        return true;
    }
}
