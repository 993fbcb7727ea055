using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

public enum MatchCertainty
{
    /// <summary>The version is affected.</summary>
    Affected,

    /// <summary>An advisory is about the package, but whether about this version cannot be told: its range is in no form known here.</summary>
    CannotTell,
}

/// <summary>Whether withdrawn advisories are looked at.</summary>
public enum WithdrawnAdvisories
{
    Hidden,
    Shown,
}

/// <summary>One flaw of one version of a package, from all advisories that are aliases of each other.</summary>
/// <param name="Id">The one to call it by: of the home database, else GHSA, else CVE.</param>
/// <param name="Ids">All its ids, <paramref name="Id"/> first.</param>
/// <param name="Advisories">Those that were merged, the one of <paramref name="Id"/> (or nearest to it) first. Never empty.</param>
/// <param name="Rating">The best founded: CVSS v4 before v3 before v2, then the highest.</param>
/// <param name="Versions">What any of them says of the package's versions.</param>
/// <param name="FirstFixed">The lowest later version that is said to be fixed and that this flaw does not affect; null when none is known.</param>
public sealed record AdvisoryMatch(
    string Id, ImmutableArray<string> Ids, ImmutableArray<IndexedAdvisory> Advisories, MatchCertainty Certainty,
    AdvisoryCategory Category, SeverityRating Rating, AffectedVersions Versions, SemanticVersion? FirstFixed)
{
    public AdvisoryHeader Header => Advisories[0].Header;

    public string Title => Header.Title;

    /// <summary>Only when asked for withdrawn ones: all that were merged are.</summary>
    public bool IsWithdrawn => Advisories.All(advisory => advisory.Header.Withdrawn is not null);
}
