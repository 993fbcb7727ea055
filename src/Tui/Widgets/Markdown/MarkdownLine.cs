using System.Globalization;

namespace Registry.Tui.Widgets.Markdown;

/// <summary>What a line of Markdown is, by its beginning.</summary>
internal static class MarkdownLine
{
    // More spaces in front make a line code.
    private const int IndentMax = 3;

    /// <summary>The signs that begin a block of code, for example three backticks; empty when it does not.</summary>
    public static string FenceOf(string line)
    {
        var text = line.TrimStart(' ');
        if (line.Length - text.Length > IndentMax || text.Length < 3 || text[0] is not ('`' or '~'))
        {
            return "";
        }

        var length = 1;
        while (length < text.Length && text[length] == text[0])
        {
            length++;
        }

        return length >= 3 && (text[0] == '~' || text.IndexOf('`', length) < 0) ? text[..length] : "";
    }

    public static bool Closes(string line, string fence) =>
        FenceOf(line) is { Length: > 0 } closing && closing.Length >= fence.Length && closing[0] == fence[0] && line.Trim().Length == closing.Length;

    public static (string Text, int Level)? HeadingOf(string line)
    {
        var text = line.TrimStart(' ');
        var level = 0;
        while (level < text.Length && text[level] == '#')
        {
            level++;
        }

        return level is >= 1 and <= 6 && line.Length - text.Length <= IndentMax && (level == text.Length || text[level] == ' ')
            ? (text[level..].Trim().TrimEnd('#').TrimEnd(), level)
            : null;
    }

    /// <summary>The level of the heading that the line under it makes: 1 for `===`, 2 for `---`; 0 when it makes none.</summary>
    public static int UnderlineOf(string line)
    {
        var text = line.Trim();
        return text.Length < 2 ? 0 : text.All(c => c == '=') ? 1 : text.All(c => c == '-') ? 2 : 0;
    }

    public static bool IsRule(string line)
    {
        var text = line.Replace(" ", "", StringComparison.Ordinal);
        return text.Length >= 3 && text[0] is '-' or '*' or '_' && text.All(c => c == text[0]);
    }

    public static bool IsQuote(string line) => line.TrimStart(' ').StartsWith('>');

    public static string WithoutQuote(string line)
    {
        var text = line.TrimStart(' ');
        return !text.StartsWith('>') ? line : text.Length > 1 && text[1] == ' ' ? text[2..] : text[1..];
    }

    public static bool IsIndentedCode(string line) => line.StartsWith("    ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(line);

    public static bool IsComment(string line) => line.TrimStart(' ').StartsWith("<!--", StringComparison.Ordinal);

    /// <summary>Goes on with a paragraph.</summary>
    public static bool IsPlain(string line) => !string.IsNullOrWhiteSpace(line) && FenceOf(line).Length == 0 && HeadingOf(line) is null && (!IsRule(line) || UnderlineOf(line) > 0)
        && !IsQuote(line) && ItemOf(line) is null && !IsComment(line);

    /// <param name="Indent">Columns that belong to the sign: what goes on with the item has as many.</param>
    /// <param name="Marker">As it is shown.</param>
    internal sealed record ListItem(int Indent, string Marker, string Text);

    public static ListItem? ItemOf(string line)
    {
        var text = line.TrimStart(' ');
        var indent = line.Length - text.Length;
        var digits = 0;
        while (digits < text.Length && digits < 9 && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        var isNumbered = digits > 0 && digits < text.Length && text[digits] is '.' or ')';
        var sign = isNumbered ? digits + 1 : text.Length > 0 && text[0] is '-' or '*' or '+' ? 1 : 0;
        if (indent > IndentMax || sign == 0 || (sign < text.Length && text[sign] != ' '))
        {
            return null;
        }

        var rest = text[sign..];
        var spaces = Math.Clamp(rest.Length - rest.TrimStart(' ').Length, 1, 4);
        var marker = isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{text[..digits]}.") : "-";
        return new(indent + sign + spaces, marker, Task(rest.Length == 0 ? "" : rest[Math.Min(spaces, rest.Length)..]));
    }

    public static string Without(string line, int spaces)
    {
        var at = 0;
        while (at < spaces && at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return line[at..];
    }

    /// <summary>`[name]: address`, by the name in lower case.</summary>
    public static (string Name, string Target)? ReferenceOf(string line)
    {
        var text = line.TrimStart(' ');
        var close = text.StartsWith('[') ? text.IndexOf("]:", StringComparison.Ordinal) : -1;
        return close > 1 && line.Length - text.Length <= IndentMax && text[1] != '^' && text[(close + 2)..].Trim() is { Length: > 0 } target
            ? (text[1..close].Trim().ToLowerInvariant(), target.Split(' ')[0].Trim('<', '>'))
            : null;
    }

    /// <summary>Lines of a paragraph as one text; two spaces or a backslash at an end keep the line's end.</summary>
    public static string Joined(List<string> lines) => string.Concat(lines.Select((line, i) =>
        i == lines.Count - 1 ? line.Trim()
        : line.EndsWith("  ", StringComparison.Ordinal) ? $"{line.Trim()}\n"
        : line.EndsWith('\\') ? $"{line.Trim()[..^1]}\n"
        : $"{line.Trim()} "));

    // A box to tick stays a box; brackets alone would be read as a link.
    private static string Task(string text) =>
        text.StartsWith("[ ] ", StringComparison.Ordinal) ? $"\\[ ] {text[4..]}"
        : text.StartsWith("[x] ", StringComparison.OrdinalIgnoreCase) ? $"\\[x] {text[4..]}"
        : text;
}
