using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>One release whose files can be had: what its registry says of it and what names its files in the store.</summary>
internal sealed class ReleaseFiles(LockedPackage package, Release release)
{
    public PackageId Id => package.Id;

    public Release Release => release;

    public PackageSource Source => package.Source;

    /// <summary>Compressed bytes; null where there is no archive.</summary>
    public long? ArchiveBytes => release.Archive?.Size;

    /// <param name="locked">The project's lockfile: a package from git is found there, and its version when none is asked for.</param>
    /// <param name="version">Null for the one the project has locked, else the newest that may be chosen.</param>
    /// <exception cref="ProblemException">PackageNotFound, ReleaseNotFound; those of the network.</exception>
    public static async Task<ReleaseFiles> FindAsync(
        PackageSources sources, Lockfile? locked, PackageName name, SemanticVersion? version, string? registry, CancellationToken cancellation)
    {
        var there = locked?.Packages.LastOrDefault(package => package.Id.Name == name && (version is null || package.Id.Version == version));
        switch (there?.Source)
        {
            case PackageSource.Git when registry is null:
                return new(there, new Release(there.Id, null, ReleaseStatus.Ok, ReleaseDetails.None));
            case PackageSource.Path path when registry is null:
                throw InFolder(name, path.Folder);
            case PackageSource.Member member when registry is null:
                throw InFolder(name, member.Folder);
        }

        registry ??= (there?.Source as PackageSource.Feed)?.Registry;
        var package = await ReleaseLookup.ReadAsync(sources, name, registry, cancellation).ConfigureAwait(false);
        var release = (version ?? there?.Id.Version) is { } wanted ? ReleaseLookup.Find(package, wanted)
            : package.Index.Latest ?? throw new Problem(
                ProblemCode.ReleaseNotFound, $"`{name}` has no version that may be chosen", $"`cairn versions {name}` lists all").Raise();
        return new(new(release.Id, package.Source, release.Archive?.Hash, release.Tree, [], []), release);
    }

    /// <summary>The files when they are on this machine; null when they are not.</summary>
    public StoredTree? FindStored(ContentStore store) =>
        Applying.FindKey(package) is { } key && store.Has(key) ? Checked(store.Find(key)) : null;

    /// <exception cref="ProblemException">ReleaseNotFound when there is no archive; those of the network, the archive and the disk.</exception>
    public async Task<StoredTree> FetchAsync(
        ContentStore store, PackageSources sources, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        if (Applying.FindKey(package) is null)
        {
            throw new Problem(
                ProblemCode.ReleaseNotFound, $"`{Id}` has no archive: its registry knows facts alone",
                $"`cairn info {Id.Name}` shows them").Raise();
        }

        return FindStored(store)
            ?? Checked(await sources.FetchAsync(package, ArchiveBytes, progress, cancellation).ConfigureAwait(false))!;
    }

    /// <summary>A lockfile or index that was tampered with may name the archive of another package.</summary>
    private StoredTree? Checked(StoredTree? tree) => tree is null || package.Source is not PackageSource.Feed || tree.MayBe(Id) ? tree
        : throw new Problem(
            ProblemCode.WrongPackage, $"the checksum of {Id} is that of another package",
            "tell whoever runs its registry; `cairn versions` lists other versions").Raise();

    private static ProblemException InFolder(PackageName name, string folder) => new Problem(
        ProblemCode.ReleaseNotFound, $"`{name}` is a folder of this project and has no released files",
        $"look at `{folder}`, or name a registry with --registry").Raise();
}
