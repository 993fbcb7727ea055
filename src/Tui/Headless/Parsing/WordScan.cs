using System.Collections.Immutable;

namespace Registry.Tui.Headless.Parsing;

/// <summary>
/// Which words of a command line name the verb. Global flags may stand before it, so their values are stepped over; the
/// verb is at most two words (`registry add`).
/// </summary>
internal sealed record WordScan(string? Verb, string? Second, ImmutableArray<string> Rest)
{
    public static WordScan Of(IReadOnlyList<string> words)
    {
        var at = NextBare(words, 0);
        if (at < 0)
        {
            return new(null, null, [.. words]);
        }

        var second = NextBare(words, at + 1);
        return new(words[at], second < 0 ? null : words[second], [.. words.Where((_, i) => i != at)]);
    }

    /// <summary>The rest without the verb's second word.</summary>
    public ImmutableArray<string> RestWithoutSecond()
    {
        var at = NextBare(Rest, 0);
        return at < 0 ? Rest : Rest.RemoveAt(at);
    }

    private static int NextBare(IReadOnlyList<string> words, int from)
    {
        for (var i = from; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                return -1;
            }

            if (!words[i].StartsWith('-'))
            {
                return i;
            }

            if (TakesNext(words[i]))
            {
                i++;
            }
        }

        return -1;
    }

    private static bool TakesNext(string word)
    {
        foreach (var flag in GlobalFlags.All)
        {
            if (flag.Value is not null && (word == flag.Name || word == flag.Short))
            {
                return true;
            }
        }

        return false;
    }
}
