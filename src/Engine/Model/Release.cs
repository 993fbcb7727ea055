using System.Collections.Immutable;

namespace Registry.Engine.Model;

/// <summary>What may be done with a published version.</summary>
public enum ReleaseStatus
{
    Ok,

    /// <summary>Chosen only when a lockfile already names it.</summary>
    Yanked,

    /// <summary>Not installable for now.</summary>
    Quarantined,

    /// <summary>The bytes are gone; the name and version stay taken.</summary>
    Revoked,
}

/// <summary>Why a release is not <see cref="ReleaseStatus.Ok"/>.</summary>
public sealed record StatusReason(string Code, string Text, DateTimeOffset? At);

/// <summary>The file of a release: what to download and what it must be.</summary>
/// <param name="Hash">SHA-256 of the compressed bytes.</param>
/// <param name="Size">Compressed bytes.</param>
/// <param name="Tree">Hash of the files inside.</param>
public sealed record ArchiveReference(ContentHash Hash, long Size, TreeHash? Tree);

/// <summary>One published version: everything the resolver, a search and an install need to know of it.</summary>
public sealed record Release(
    PackageId Id,
    DateTimeOffset? Published,
    ReleaseStatus Status,
    StatusReason? Reason,
    ArchiveReference? Archive,
    ImmutableArray<Dependency> Dependencies,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Features)
{
    /// <summary>Versions of languages and tools it needs, by name: `gal` -> `>=1.0`, `cairn` -> `>=0.1`.</summary>
    public ImmutableSortedDictionary<string, Constraint> Engines { get; init; } = ImmutableSortedDictionary<string, Constraint>.Empty;

    /// <summary>At most one package with the same value may be in a resolution (Cargo's `links`).</summary>
    public string? Links { get; init; }

    public string? License { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Hash of the manifest object beside the archive.</summary>
    public ContentHash? Manifest { get; init; }

    public static ImmutableSortedDictionary<string, ImmutableArray<string>> NoFeatures { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);
}

/// <summary>All releases of one package, in ascending version order.</summary>
public sealed record PackageIndex(PackageName Name, ImmutableArray<Release> Releases);
