using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// An answer: exact packages, the features that are on in each, and the edges between them. Sorted by name, version
/// and source; the project's own manifests are in it too.
/// </summary>
/// <param name="Root">Display name of the project.</param>
public sealed record Resolution(string Root, ImmutableArray<ResolvedPackage> Packages)
{
    /// <summary>For <see cref="Lockfile.Settings"/>.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    public Lockfile ToLockfile() => new(Root, [.. Packages.Select(package => new LockedPackage(
        package.Id,
        package.Source,
        package.Release.Archive?.Hash,
        package.Source is PackageSource.Path or PackageSource.Member ? null : package.Release.Tree,
        package.Features,
        package.Dependencies))])
    { Settings = Settings };
}

/// <param name="Release">What the source says of it; for a project's own manifest, made from the manifest.</param>
/// <param name="Features">Turned on, sorted.</param>
/// <param name="Dependencies">Sorted by group, then local name.</param>
public sealed record ResolvedPackage(
    Release Release, PackageSource Source, ImmutableArray<string> Features, ImmutableArray<LockedDependency> Dependencies)
{
    public PackageId Id => Release.Id;
}
