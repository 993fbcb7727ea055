using System.Globalization;
using System.Text;

namespace Registry.Engine.Formats.Toml;

/// <summary>Reads the four kinds of TOML string.</summary>
internal static class TomlStringReader
{
    /// <summary>Reads the string that starts here. The cursor stands on its first quote.</summary>
    public static TomlString Read(TomlCursor cursor)
    {
        var start = cursor.At;
        var quote = cursor.Current;
        var isMultiline = cursor.StartsWith(quote == '"' ? "\"\"\"" : "'''");
        var value = isMultiline ? ReadMultiline(cursor, quote) : ReadLine(cursor, quote);
        var quoting = (quote, isMultiline) switch
        {
            ('"', false) => TomlQuoting.Basic,
            ('"', true) => TomlQuoting.MultilineBasic,
            (_, false) => TomlQuoting.Literal,
            _ => TomlQuoting.MultilineLiteral,
        };
        return new(new(start, cursor.At), value, quoting);
    }

    private static string ReadLine(TomlCursor cursor, char quote)
    {
        var start = cursor.At++;
        var from = cursor.At;
        StringBuilder? built = null;
        while (cursor.Current != quote || cursor.IsAtEnd)
        {
            if (cursor.IsAtEnd || cursor.Current is '\n' or '\r')
            {
                throw cursor.ErrorAt(start, "the string does not end on its line", $"close it with {quote}, or use {quote}{quote}{quote} for several lines");
            }

            if (quote == '"' && cursor.Current == '\\')
            {
                built ??= new();
                built.Append(cursor.Text, from, cursor.At - from);
                ReadEscape(cursor, built);
                from = cursor.At;
                continue;
            }

            cursor.CheckText(cursor.Current);
            cursor.At++;
        }

        var rest = cursor.Text.AsSpan(from, cursor.At - from);
        cursor.At++;
        return built is null ? rest.ToString() : built.Append(rest).ToString();
    }

    private static string ReadMultiline(TomlCursor cursor, char quote)
    {
        var start = cursor.At;
        var fence = new string(quote, 3);
        cursor.At += 3;
        cursor.TakeNewline();
        var built = new StringBuilder();
        while (true)
        {
            if (cursor.IsAtEnd)
            {
                throw cursor.ErrorAt(start, "the string does not end", $"close it with {fence}");
            }

            if (cursor.StartsWith(fence))
            {
                return CloseMultiline(cursor, quote, built);
            }

            if (cursor.Current == '\n' || (cursor.Current == '\r' && cursor.Peek(1) == '\n'))
            {
                built.Append(cursor.Current == '\r' ? "\r\n" : "\n");
                cursor.TakeNewline();
            }
            else if (quote == '"' && cursor.Current == '\\')
            {
                ReadEscapeOrLineJoin(cursor, built);
            }
            else
            {
                cursor.CheckText(cursor.Current);
                built.Append(cursor.Current);
                cursor.At++;
            }
        }
    }

    /// <summary>Up to two quotes may stand right before the closing three.</summary>
    private static string CloseMultiline(TomlCursor cursor, char quote, StringBuilder built)
    {
        var quotes = 3;
        while (quotes < 5 && cursor.Peek(quotes) == quote)
        {
            quotes++;
        }

        cursor.At += quotes;
        return built.Append(quote, quotes - 3).ToString();
    }

    private static void ReadEscapeOrLineJoin(TomlCursor cursor, StringBuilder built)
    {
        var ahead = 1;
        while (cursor.Peek(ahead) is ' ' or '\t')
        {
            ahead++;
        }

        if (cursor.Peek(ahead) != '\n' && !(cursor.Peek(ahead) == '\r' && cursor.Peek(ahead + 1) == '\n'))
        {
            ReadEscape(cursor, built);
            return;
        }

        cursor.At += ahead;
        do
        {
            cursor.SkipBlanks();
        }
        while (cursor.TakeNewline());
    }

    private static void ReadEscape(TomlCursor cursor, StringBuilder built)
    {
        var start = cursor.At;
        var letter = cursor.Peek(1);
        cursor.At += 2;
        switch (letter)
        {
            case 'b': built.Append('\b'); break;
            case 't': built.Append('\t'); break;
            case 'n': built.Append('\n'); break;
            case 'f': built.Append('\f'); break;
            case 'r': built.Append('\r'); break;
            case '"': built.Append('"'); break;
            case '\\': built.Append('\\'); break;
            case 'u': built.Append(ReadScalar(cursor, start, 4)); break;
            case 'U': built.Append(ReadScalar(cursor, start, 8)); break;
            default:
                throw cursor.ErrorAt(start, "unknown escape in the string", "write `\\\\` for a backslash, or use a '…' string, which has no escapes");
        }
    }

    private static string ReadScalar(TomlCursor cursor, int start, int digits)
    {
        if (cursor.At + digits <= cursor.Text.Length)
        {
            var hex = cursor.Text.AsSpan(cursor.At, digits);
            cursor.At += digits;
            if (uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
            {
                return new Rune(code).ToString();
            }
        }

        throw cursor.ErrorAt(start, "the escape does not name a character", $"write \\{(digits == 4 ? 'u' : 'U')} and {digits} hexadecimal digits of a Unicode character");
    }
}
