using System.Collections.Immutable;

namespace Registry.Engine.Model.Advisories;

/// <summary>What an advisory warns of, the gravest first.</summary>
public enum AdvisoryCategory
{
    /// <summary>The package, or a release of it, was made to harm.</summary>
    Malware,

    Vulnerability,

    /// <summary>Sound use can reach undefined behaviour; no attack is known.</summary>
    Unsound,

    /// <summary>Nobody looks after the package any more.</summary>
    Unmaintained,

    /// <summary>Something else to know about the package.</summary>
    Notice,
}

/// <summary>A link of an advisory. Text from outside: shown, never opened unasked.</summary>
/// <param name="Kind">As OSV says it, in upper case: `ADVISORY`, `FIX`, `WEB`, …</param>
public sealed record AdvisoryReference(string Kind, string Address);

/// <summary>
/// One OSV record. All text is from outside and kept as data, controls included: make it printable where it is shown.
/// </summary>
public sealed record Advisory
{
    /// <summary>As `RUSTSEC-2016-0001`: letters, digits and `-_.:` only.</summary>
    public required string Id { get; init; }

    /// <summary>Ids of the same flaw in other databases.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>One line; empty when the record has none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown; empty when the record has none.</summary>
    public string Details { get; init; } = "";

    /// <summary>Of two records with one id the newer counts. May be the first moment there is, where a database does not say.</summary>
    public DateTimeOffset Modified { get; init; }

    public DateTimeOffset? Published { get; init; }

    /// <summary>Since when it no longer applies; null while it does.</summary>
    public DateTimeOffset? Withdrawn { get; init; }

    /// <summary>For all packages that do not say their own.</summary>
    public ImmutableArray<SeverityVector> Severities { get; init; } = [];

    public ImmutableArray<AffectedPackage> Affected { get; init; } = [];

    public ImmutableArray<AdvisoryReference> References { get; init; } = [];

    public AdvisoryCategory Category { get; init; } = AdvisoryCategory.Vulnerability;
}
