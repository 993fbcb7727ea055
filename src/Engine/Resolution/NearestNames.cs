using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>Names that a misspelt one may have meant.</summary>
internal static class NearestNames
{
    private const int Max = 3;

    public static IEnumerable<PackageName> Of(PackageName wanted, IEnumerable<PackageName> known)
    {
        var limit = Math.Max(1, wanted.Normal.Length / 3);
        return known
            .Where(name => Math.Abs(name.Normal.Length - wanted.Normal.Length) <= limit)
            .Select(name => (Name: name, Distance: Distance(name.Normal, wanted.Normal)))
            .Where(candidate => candidate.Distance > 0 && candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name)
            .Take(Max).Select(candidate => candidate.Name);
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours between two words.</summary>
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        var next = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                next[j] = Math.Min(Math.Min(next[j - 1] + 1, row[j] + 1), row[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, row, next) = (row, next, before);
        }

        return row[b.Length];
    }
}
