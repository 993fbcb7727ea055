namespace Registry.Tui.Screens.Help;

/// <summary>How well a command is what was typed: a key, or words of what it does in any order.</summary>
internal static class CommandScore
{
    private const int Key = 100;
    private const int Beginning = 12;
    private const int WordStart = 8;
    private const int Inside = 3;

    /// <returns>0 when it is not meant; everything is, a little, when nothing is typed.</returns>
    public static int Of(CommandRow row, string query)
    {
        if (query.Length == 0 || row.Keys.Split("  ").Contains(query, StringComparer.Ordinal))
        {
            return Key;
        }

        var score = 0;
        foreach (var word in query.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var part = OfWord(row.Words, word);
            if (part == 0)
            {
                return 0;
            }

            score += part;
        }

        return score;
    }

    private static int OfWord(string words, string word)
    {
        var best = 0;
        for (var at = words.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = words.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            best = Math.Max(best, at == 0 ? Beginning : char.IsLetterOrDigit(words[at - 1]) ? Inside : WordStart);
        }

        return best;
    }
}
