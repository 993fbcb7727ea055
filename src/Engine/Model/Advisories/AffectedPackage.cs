using System.Collections.Immutable;

namespace Registry.Engine.Model.Advisories;

/// <summary>How the versions of a range are ordered.</summary>
public enum AffectedRangeKind
{
    Semver,

    /// <summary>By the rules of the package's ecosystem.</summary>
    Ecosystem,

    /// <summary>Commits, which have no order without the repository.</summary>
    Git,

    /// <summary>A type this reader does not know.</summary>
    Other,
}

public enum RangeEventKind
{
    /// <summary>From this version on; `0` is before every version.</summary>
    Introduced,

    /// <summary>Not from this version on.</summary>
    Fixed,

    /// <summary>Not after this version.</summary>
    LastAffected,

    /// <summary>The range says nothing of this version and later ones; `*` is after every version.</summary>
    Limit,
}

/// <param name="Version">As written; need not be a version of any known form.</param>
public readonly record struct RangeEvent(RangeEventKind Kind, string Version);

public sealed record AffectedRange(AffectedRangeKind Kind, ImmutableArray<RangeEvent> Events);

/// <summary>
/// Which versions of one package an advisory is about: those that are listed, and those inside a range. One advisory may
/// have several entries for a package; they add up.
/// </summary>
/// <param name="Ecosystem">As OSV names it: `crates.io`, `npm`, `Go`; empty when the entry names no package.</param>
/// <param name="Name">In the spelling of that ecosystem.</param>
public sealed record AffectedPackage(string Ecosystem, string Name)
{
    public ImmutableArray<AffectedRange> Ranges { get; init; } = [];

    public ImmutableArray<string> Versions { get; init; } = [];

    /// <summary>Instead of the advisory's own; empty where those hold.</summary>
    public ImmutableArray<SeverityVector> Severities { get; init; } = [];

    /// <summary>Where it differs from the advisory's own.</summary>
    public AdvisoryCategory? Category { get; init; }
}
