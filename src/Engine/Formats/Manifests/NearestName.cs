namespace Registry.Engine.Formats.Manifests;

/// <summary>Guesses which known word was meant.</summary>
public static class NearestName
{
    private const int LengthMax = 64;

    /// <summary>The candidate with the fewest slips (a letter more, less, other, or two swapped); null when all are too far.</summary>
    public static string? Of(string written, IEnumerable<string> candidates)
    {
        if (written.Length > LengthMax)
        {
            return null;
        }

        // Of a short word, one slip is already half of it.
        var (best, bestDistance) = ((string?)null, written.Length switch { < 3 => 1, < 6 => 2, var length => (length / 3) + 1 });
        foreach (var candidate in candidates.Where(candidate => candidate.Length <= LengthMax))
        {
            var distance = Distance(Fold(written), Fold(candidate));
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        var (before, above, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var isSame = a[i - 1] == b[j - 1];
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }

    private static string Fold(string text) => text.ToLowerInvariant().Replace('_', '-');
}
