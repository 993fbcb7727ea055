namespace Registry.Tui.Headless.Parsing;

/// <summary>Finds what was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate fewest edits away, if that is close enough to be a slip; null otherwise.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = candidate.StartsWith(word, StringComparison.Ordinal) && word.Length >= 3 ? 1 : Distance(word, candidate, bestDistance);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Edits from one to the other, a swap of neighbours counting as one; at most <paramref name="bound"/>.</summary>
    private static int Distance(string from, string to, int bound)
    {
        if (Math.Abs(from.Length - to.Length) >= bound)
        {
            return bound;
        }

        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                table[i, j] = Cell(table, from, to, i, j);
            }
        }

        return table[from.Length, to.Length];
    }

    private static int Cell(int[,] table, string from, string to, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }

        var cost = from[i - 1] == to[j - 1] ? 0 : 1;
        var least = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
        return i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]
            ? Math.Min(least, table[i - 2, j - 2] + 1)
            : least;
    }
}
