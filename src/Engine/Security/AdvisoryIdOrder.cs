using System.Collections.Immutable;

namespace Registry.Engine.Security;

/// <summary>Which of several ids to call a flaw by: the home database's, then GitHub's, then the CVE, then any.</summary>
internal sealed class AdvisoryIdOrder(ImmutableArray<string> ecosystems) : IComparer<string>
{
    /// <summary>The databases that ecosystems keep themselves, by the prefixes that the OSV schema registers.</summary>
    private static readonly ImmutableArray<(string Ecosystem, string Prefix)> Homes =
    [
        ("crates.io", "RUSTSEC-"), ("Go", "GO-"), ("PyPI", "PYSEC-"), ("Julia", "JLSEC-"), ("Hackage", "HSEC-"), ("GHC", "HSEC-"),
        ("opam", "OSEC-"), ("CRAN", "RSEC-"), ("Hex", "EEF-"),
    ];

    public int Compare(string? a, string? b)
    {
        var order = Rank(a!).CompareTo(Rank(b!));
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }

    private int Rank(string id)
    {
        if (IsHome(id))
        {
            return 0;
        }

        return id.StartsWith("GHSA-", StringComparison.OrdinalIgnoreCase) ? 1 : id.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase) ? 2 : 3;
    }

    /// <summary>A feed's own ids begin with `x_` and its advisories are only asked for its own packages.</summary>
    private bool IsHome(string id) =>
        id.StartsWith("x_", StringComparison.Ordinal) || id.StartsWith("MAL-", StringComparison.Ordinal)
        || Homes.Any(home => id.StartsWith(home.Prefix, StringComparison.Ordinal) && ecosystems.Contains(home.Ecosystem, StringComparer.OrdinalIgnoreCase));
}
