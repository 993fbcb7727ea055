using System.Collections.Immutable;

namespace Registry.Engine.Model;

/// <summary>
/// What was resolved: exact versions, sources, hashes, features and edges (docs/formats/lockfile.md). Packages are in
/// the order of the file: by name, then version, then source.
/// </summary>
public sealed record Lockfile(string Root, ImmutableArray<LockedPackage> Packages)
{
    /// <summary>The newest `version` this program writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>
    /// The lines of `[resolution]` that shaped it beyond what the edges show (`override http-core ^2`), so that a look at
    /// manifest and lockfile tells whether it still holds. Key `settings` of the file, left out when empty.
    /// </summary>
    public ImmutableArray<string> Settings { get; init; } = [];
}

/// <summary>An edge from a locked package: which locked package a dependency was resolved to.</summary>
/// <param name="LocalName">What the dependent calls it.</param>
public sealed record LockedDependency(string LocalName, PackageId Target, DependencyGroup Group);

/// <param name="Checksum">Of the archive; null for path packages, members and git packages.</param>
/// <param name="Tree">Of the files; null for path packages and members, whose files may change.</param>
/// <param name="Features">Turned on, sorted.</param>
/// <param name="Dependencies">Normal and build edges; dev edges too for the root and members. Sorted by group, then local name.</param>
public sealed record LockedPackage(
    PackageId Id,
    PackageSource Source,
    ContentHash? Checksum,
    TreeHash? Tree,
    ImmutableArray<string> Features,
    ImmutableArray<LockedDependency> Dependencies);
