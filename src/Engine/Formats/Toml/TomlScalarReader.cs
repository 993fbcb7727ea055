using System.Globalization;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Toml;

/// <summary>Reads what is written without quotes: booleans, numbers, dates and times.</summary>
internal static class TomlScalarReader
{
    private const int LengthMax = 1024;

    public static TomlValue Read(TomlCursor cursor)
    {
        var start = cursor.At;
        while (IsPart(cursor.Current) || IsDateTimeGap(cursor, start))
        {
            cursor.At++;
        }

        var span = new TomlSpan(start, cursor.At);
        var text = cursor.Text.AsSpan(start, span.Length);
        if (text.Length == 0)
        {
            throw cursor.Error($"expected a value, found {cursor.Found()}", "write a string in quotes, a number, true, false, a date, [ … ] or { … }");
        }

        return (text.Length > LengthMax ? null : Interpret(span, text)) ?? throw cursor.ErrorAt(
            start, $"`{Printable.Clip(text.ToString(), 40)}` is not a value", "put text in quotes: \"…\"");
    }

    private static TomlValue? Interpret(TomlSpan span, ReadOnlySpan<char> text) => text switch
    {
        "true" => new TomlBoolean(span, true),
        "false" => new TomlBoolean(span, false),
        _ when char.IsAsciiDigit(text[0]) && TomlDateTimeReader.Read(text, out var kind) is { } time => new TomlDateTime(span, kind, time),
        _ => ReadInteger(text) is { } integer ? new TomlInteger(span, integer)
            : ReadFloat(text) is { } number ? new TomlFloat(span, number)
            : null,
    };

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '_' or '.' or ':';

    /// <summary>One space may stand between a date and a time.</summary>
    private static bool IsDateTimeGap(TomlCursor cursor, int start) =>
        cursor.Current == ' ' && cursor.At - start == 10 && cursor.Text[start + 4] == '-'
        && char.IsAsciiDigit(cursor.Peek(1)) && char.IsAsciiDigit(cursor.Peek(2)) && cursor.Peek(3) == ':';

    private static long? ReadInteger(ReadOnlySpan<char> text)
    {
        if (text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'o' or 'b')
        {
            var (bits, digits) = text[1] switch { 'x' => (4, "0123456789abcdefABCDEF"), 'o' => (3, "01234567"), _ => (1, "01") };
            return HasDigits(text[2..], digits) ? ReadPower(text[2..], bits) : null;
        }

        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        return HasDecimals(unsigned) && long.TryParse(Plain(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private static long? ReadPower(ReadOnlySpan<char> digits, int bits)
    {
        var value = 0L;
        foreach (var c in digits)
        {
            if (c == '_')
            {
                continue;
            }

            if (value >> (63 - bits) != 0)
            {
                return null;
            }

            value = (value << bits) | (uint)Convert.ToInt32(c.ToString(), 16);
        }

        return value;
    }

    private static double? ReadFloat(ReadOnlySpan<char> text)
    {
        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned is "inf" or "nan")
        {
            return unsigned is "nan" ? double.NaN : text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var mantissa = unsigned;
        var e = unsigned.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            var exponent = unsigned[(e + 1)..];
            mantissa = unsigned[..e];
            if (!HasDigits(exponent.Length > 0 && exponent[0] is '+' or '-' ? exponent[1..] : exponent, "0123456789"))
            {
                return null;
            }
        }

        var dot = mantissa.IndexOf('.');
        var isWellFormed = dot < 0
            ? e >= 0 && HasDecimals(mantissa)
            : HasDecimals(mantissa[..dot]) && HasDigits(mantissa[(dot + 1)..], "0123456789");
        return isWellFormed ? double.Parse(Plain(text), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Decimal digits without a leading zero, single underscores only between digits.</summary>
    private static bool HasDecimals(ReadOnlySpan<char> text) =>
        HasDigits(text, "0123456789") && (text.Length == 1 || text[0] != '0');

    private static bool HasDigits(ReadOnlySpan<char> text, string digits)
    {
        var wasDigit = false;
        foreach (var c in text)
        {
            var isDigit = digits.Contains(c, StringComparison.Ordinal);
            if (!isDigit && !(c == '_' && wasDigit))
            {
                return false;
            }

            wasDigit = isDigit;
        }

        return wasDigit;
    }

    private static string Plain(ReadOnlySpan<char> text) => text.ToString().Replace("_", "", StringComparison.Ordinal);
}
