using System.Globalization;
using System.Text;

namespace Registry.Engine.Formats.Toml;

/// <summary>A value as TOML source text, to put into a document.</summary>
public sealed record TomlLiteral
{
    private TomlLiteral(string text, string? stringValue = null) => (Text, StringValue) = (text, stringValue);

    public string Text { get; }

    /// <summary>The string it is of, when it is one: it takes over the quotes of the string it replaces.</summary>
    internal string? StringValue { get; }

    public static TomlLiteral Of(string value) => new(Quote(value), value);

    public static TomlLiteral Of(bool value) => new(value ? "true" : "false");

    public static TomlLiteral Of(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>To the second, in UTC.</summary>
    public static TomlLiteral Of(DateTimeOffset value) =>
        new(value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static TomlLiteral Array(IEnumerable<string> strings) => new($"[{string.Join(", ", strings.Select(Quote))}]");

    public static TomlLiteral Inline(IEnumerable<(string Key, TomlLiteral Value)> entries)
    {
        var body = string.Join(", ", entries.Select(entry => $"{Key(entry.Key)} = {entry.Value.Text}"));
        return new(body.Length == 0 ? "{}" : $"{{ {body} }}");
    }

    /// <summary>A key as it must be written: bare where that is allowed, else in quotes.</summary>
    public static string Key(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : Quote(key);

    /// <summary>This value in the quotes of another one, where they can hold it.</summary>
    internal string In(TomlValue replaced) =>
        replaced is TomlString { Quoting: TomlQuoting.Literal } && StringValue is { } value && value.All(c => c != '\'' && !NeedsEscape(c))
            ? $"'{value}'"
            : Text;

    private static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                _ when NeedsEscape(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    private static bool NeedsEscape(char c) => c < ' ' || c == '\u007F';
}
