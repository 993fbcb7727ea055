namespace Registry.Tui.Screens.Help;

/// <summary>How well a command is what was typed: a key, or words of what it does in any order.</summary>
internal static class CommandScore
{
    private const int Key = 100;
    private const int Beginning = 12;
    private const int WordStart = 8;
    private const int Inside = 3;

    private static readonly Command[] moves =
    [
        Command.Up, Command.Down, Command.PageUp, Command.PageDown, Command.First, Command.Last,
        Command.NextPane, Command.PreviousPane, Command.GoBack, Command.GoForward,
    ];

    /// <returns>0 when it is not meant. When nothing is typed everything is: first what can be done here, last what only moves.</returns>
    public static int Of(CommandRow row, string query)
    {
        if (query.Length == 0)
        {
            return row.Command is { } command && moves.Contains(command) ? Inside : row.Tab < 0 ? Key : WordStart;
        }

        if (row.Keys.Split("  ").Contains(query, StringComparer.Ordinal))
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
