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

/// <summary>
/// One published version: everything the resolver, a search and an install need to know of it. Name, version, time
/// and status are at hand; the rest may come from a <see cref="ReleaseText"/> when it is first looked at, because a
/// resolution looks at few of the versions it knows of.
/// </summary>
public sealed record Release
{
    private readonly ReleaseText? _text;
    private readonly int _line;
    private ReleaseDetails? _details;

    public Release(
        PackageId id,
        DateTimeOffset? published,
        ReleaseStatus status,
        StatusReason? reason,
        ArchiveReference? archive,
        ImmutableArray<Dependency> dependencies,
        ImmutableSortedDictionary<string, ImmutableArray<string>> features)
        : this(id, published, status, new ReleaseDetails
        {
            Reason = reason,
            Archive = archive,
            Dependencies = dependencies,
            Features = features,
        })
    {
    }

    public Release(PackageId id, DateTimeOffset? published, ReleaseStatus status, ReleaseDetails details) =>
        (Id, Published, Status, _details) = (id, published, status, details);

    /// <param name="line">Which of its releases the text is asked for.</param>
    public Release(PackageId id, DateTimeOffset? published, ReleaseStatus status, ReleaseText text, int line) =>
        (Id, Published, Status, _text, _line) = (id, published, status, text, line);

    public PackageId Id { get; init; }

    /// <summary>By the registry's clock; null where there is none (path and git packages).</summary>
    public DateTimeOffset? Published { get; init; }

    public ReleaseStatus Status { get; init; }

    /// <summary>All that is not needed to know which versions there are. The first look may read text, and fail on it.</summary>
    public ReleaseDetails Details
    {
        get => _details ??= _text!.Read(_line);
        init => _details = value;
    }

    public StatusReason? Reason => Details.Reason;

    public ArchiveReference? Archive => Details.Archive;

    /// <summary>Hash of its files: of a registry's archive or of a git commit; null where files may change.</summary>
    public TreeHash? Tree => Details.Tree ?? Archive?.Tree;

    /// <summary>Releases with the same dependencies in one index usually share one array.</summary>
    public ImmutableArray<Dependency> Dependencies => Details.Dependencies;

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Features => Details.Features;

    /// <summary>Versions of languages and tools it needs, by name: `gal` -> `>=1.0`, `cairn` -> `>=0.1`.</summary>
    public ImmutableSortedDictionary<string, Constraint> Engines { get => Details.Engines; init => Details = Details with { Engines = value }; }

    /// <summary>At most one package with the same value may be in a resolution (Cargo's `links`).</summary>
    public string? Links { get => Details.Links; init => Details = Details with { Links = value }; }

    public string? License { get => Details.License; init => Details = Details with { License = value }; }

    public string? Description { get => Details.Description; init => Details = Details with { Description = value }; }

    public ImmutableArray<string> Keywords { get => Details.Keywords; init => Details = Details with { Keywords = value }; }

    /// <summary>Hash of the manifest object beside the archive.</summary>
    public ContentHash? Manifest { get => Details.Manifest; init => Details = Details with { Manifest = value }; }

    public static ImmutableSortedDictionary<string, ImmutableArray<string>> NoFeatures { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, Constraint> NoEngines { get; } =
        ImmutableSortedDictionary.Create<string, Constraint>(StringComparer.Ordinal);

    public bool Equals(Release? other) =>
        other is not null && Id.Equals(other.Id) && Published == other.Published && Status == other.Status
        && (ReferenceEquals(this, other) || Details.Equals(other.Details));

    public override int GetHashCode() => HashCode.Combine(Id, Published, Status);
}

/// <summary>The part of a release that is read when it is looked at.</summary>
public sealed record ReleaseDetails
{
    public static ReleaseDetails None { get; } = new();

    public StatusReason? Reason { get; init; }

    public ArchiveReference? Archive { get; init; }

    /// <summary>Of a package without an archive, from git.</summary>
    public TreeHash? Tree { get; init; }

    public ImmutableArray<Dependency> Dependencies { get; init; } = [];

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Features { get; init; } = Release.NoFeatures;

    public ImmutableSortedDictionary<string, Constraint> Engines { get; init; } = Release.NoEngines;

    public string? Links { get; init; }

    public string? License { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<string> Keywords { get; init; } = [];

    public string? Repository { get; init; }

    public string? Homepage { get; init; }

    public string? Documentation { get; init; }

    public ContentHash? Manifest { get; init; }

    /// <summary>Bytes of the manifest object.</summary>
    public long ManifestSize { get; init; }
}

/// <summary>A document that holds many releases and reads the details of one when asked. Safe for several threads.</summary>
public abstract class ReleaseText
{
    /// <summary>Throws <see cref="Problems.ProblemException"/> when what stands there is damaged.</summary>
    public abstract ReleaseDetails Read(int line);
}

/// <summary>All releases of one package, in ascending version order.</summary>
public sealed record PackageIndex(PackageName Name, ImmutableArray<Release> Releases)
{
    /// <summary>The newest release that may be chosen: a stable one if there is any, else a pre-release; null when there is none.</summary>
    public Release? Latest => LatestAt(null);

    /// <summary>As <see cref="Latest"/>, among what was published until a moment.</summary>
    public Release? LatestAt(DateTimeOffset? asOf)
    {
        Release? prerelease = null;
        for (var i = Releases.Length - 1; i >= 0; i--)
        {
            var release = Releases[i];
            if (release.Status != ReleaseStatus.Ok || (asOf is { } moment && release.Published > moment))
            {
                continue;
            }

            if (!release.Id.Version.IsPrerelease)
            {
                return release;
            }

            prerelease ??= release;
        }

        return prerelease;
    }
}
