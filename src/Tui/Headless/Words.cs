using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless;

/// <summary>Words of the command line that have a form of their own.</summary>
internal static class Words
{
    /// <summary>`NAME` or `NAME@VERSION`.</summary>
    public static (PackageName Name, SemanticVersion? Version) NameAndVersion(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (PackageName.Parse(text), null) : (PackageName.Parse(text[..at]), SemanticVersion.Parse(text[(at + 1)..]));
    }

    /// <summary>`2026-01-31` or `2026-01-31T12:00:00Z`; null for none.</summary>
    public static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new Problem(ProblemCode.UsageInvalid, $"`{Printable.Clip(text, 60)}` is not a time", "write 2026-01-31 or 2026-01-31T12:00:00Z").Raise();

    /// <summary>The command line that was given, without a repair, for the user to give again.</summary>
    public static string Again(Verb verb, IReadOnlyList<string> words)
    {
        var again = new List<string> { "cairn", verb.RepairedBy ?? verb.Name };
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == ProjectChanges.Repair.Name)
            {
                i++;
            }
            else if (!words[i].StartsWith($"{ProjectChanges.Repair.Name}=", StringComparison.Ordinal))
            {
                again.Add(Quote(words[i]));
            }
        }

        return string.Join(' ', again);
    }

    /// <summary>For a POSIX shell; what needs no quotes gets none.</summary>
    private static string Quote(string word) =>
        word.Length > 0 && word.AsSpan().IndexOfAny(" \t\n\"'$&|<>*?()[]{};\\`!~#^") < 0 ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
