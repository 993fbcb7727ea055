using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>
/// npm's ranges in our constraint language. The two agree on operators, partials, hyphens and `||`; they differ in the
/// bare version (npm: exactly that one, or any of a partial), in the empty range (any), in `~>` and in a leading `v`.
/// </summary>
internal static class NpmRange
{
    private const int LengthMax = 4096;

    /// <returns>Null when it is no range, or one too long for a constraint.</returns>
    public static Constraint? Parse(string range)
    {
        if (range.Length > LengthMax)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var alternative in range.Split("||"))
        {
            text.Append(text.Length > 0 ? " || " : "").Append(Alternative(alternative.Trim()));
        }

        return Constraint.TryParse(text.ToString(), out var constraint) ? constraint : null;
    }

    private static string Alternative(string text)
    {
        if (text.Length == 0 || text is "latest")
        {
            return "*";
        }

        var hyphen = text.IndexOf(" - ", StringComparison.Ordinal);
        return hyphen > 0
            ? $"{Version(text[..hyphen].Trim())} - {Version(text[(hyphen + 3)..].Trim())}"
            : string.Join(' ', Comparators(text));
    }

    private static IEnumerable<string> Comparators(string text)
    {
        var at = 0;
        while (Skip(text, at, IsSpace) is var start && start < text.Length)
        {
            var end = Skip(text, start, IsOperator);
            var version = Skip(text, end, IsSpace);
            at = Skip(text, version, c => !IsSpace(c) && !IsOperator(c));
            yield return Comparator(text[start..end], Version(text[version..at]));
        }
    }

    private static string Comparator(string operation, string version) => (operation, IsFull(version)) switch
    {
        (_, _) when version is "*" or "x" or "X" => operation is "<" or ">" ? "<0.0.0" : "*",
        ("" or "=" or "==", true) => $"={version}",
        ("" or "=", false) => version.EndsWith('*') || version.EndsWith('x') || version.EndsWith('X') ? version : $"{version}.*",
        ("~>", _) => $"~{version}",
        _ => operation + version,
    };

    private static string Version(string text) => text.TrimStart('v', 'V', '=');

    private static bool IsFull(string version) => SemanticVersion.TryParse(version, out _);

    private static bool IsSpace(char c) => c is ' ' or '\t' or ',' or '\n' or '\r';

    private static bool IsOperator(char c) => c is '<' or '>' or '=' or '~' or '^';

    private static int Skip(string text, int at, Func<char, bool> isSkipped)
    {
        while (at < text.Length && isSkipped(text[at]))
        {
            at++;
        }

        return at;
    }
}
