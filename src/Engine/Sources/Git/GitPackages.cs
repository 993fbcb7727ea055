using System.Text;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Local;
using Registry.Engine.Store;

namespace Registry.Engine.Sources.Git;

/// <summary>
/// Packages that are commits. A locked one keeps its commit, and its files are held to the hash in the lockfile; once
/// the store has them, git is not run at all.
/// </summary>
internal sealed class GitPackages(SourceSettings settings, ContentStore store)
{
    private const int DepthMax = 6;
    private const int FoldersMax = 5_000;
    private const string Trees = "git-trees";

    private readonly GitRepositories _repositories = new(
        Path.Combine(settings.CacheFolder, "git"), new(settings.Git, settings.Clock), settings.Reading);

    private readonly FeedCache _memory = new(Path.Combine(settings.CacheFolder, "feeds"));
    private int _checkouts;

    public async Task<SuppliedPackage> ReadAsync(PackageKey key, DependencyOrigin.Git origin, CancellationToken cancellation)
    {
        var locked = Locked(key.Name, origin);
        var commit = (locked?.Source as PackageSource.Git)?.Commit
            ?? await _repositories.ResolveAsync(origin.Url, origin.Reference, cancellation).ConfigureAwait(false);
        var source = new PackageSource.Git(origin.Url, origin.Reference, commit);
        var tree = await TreeAsync(key.Name, source, locked?.Tree, cancellation).ConfigureAwait(false);
        var manifest = FolderManifest.Find(tree.Folder, key.Name.Value);
        var package = manifest?.Package ?? throw NoManifest(key.Name, origin.Url);
        var index = FolderManifest.Index(manifest, package, dependency => dependency is DependencyOrigin.Path ? origin : dependency);
        return new(key, source, index with { Releases = [.. index.Releases.Select(release => WithTree(release, tree.Key))] });
    }

    /// <summary>The files of a locked commit, from the store or the repository.</summary>
    public Task<StoredTree> FetchAsync(LockedPackage package, PackageSource.Git source, CancellationToken cancellation) =>
        TreeAsync(package.Id.Name, source, package.Tree, cancellation);

    private LockedPackage? Locked(PackageName name, DependencyOrigin.Git origin) =>
        settings.Unlocked.Contains(name) ? null : settings.Locked?.Packages.FirstOrDefault(package =>
            package.Id.Name == name && package.Source is PackageSource.Git git && git.Url == origin.Url && git.Reference == origin.Reference);

    private async Task<StoredTree> TreeAsync(PackageName name, PackageSource.Git source, TreeHash? expected, CancellationToken cancellation)
    {
        var memo = $"{source.Commit}-{FeedCache.KeyOf($"{source.Url} {name.Normal}")}";
        var known = expected ?? Remembered(memo);
        if (known is not null && store.Find(known) is { } there)
        {
            return there;
        }

        var checkout = Path.Combine(settings.CacheFolder, "git", $"checkout-{Environment.ProcessId}-{Interlocked.Increment(ref _checkouts)}");
        try
        {
            await _repositories.ExportAsync(source.Url, source.Reference, source.Commit, checkout, cancellation).ConfigureAwait(false);
            var folder = FolderOf(checkout, name) ?? throw NoManifest(name, source.Url);
            var tree = await AddAsync(folder, source, expected, cancellation).ConfigureAwait(false);
            _memory.KeepRef(Trees, memo, Encoding.ASCII.GetBytes(tree.Key.ToString()));
            return tree;
        }
        finally
        {
            Discard(checkout);
        }
    }

    private async Task<StoredTree> AddAsync(string folder, PackageSource.Git source, TreeHash? expected, CancellationToken cancellation)
    {
        try
        {
            return await store.AddFolderAsync(folder, expected, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.HashMismatch)
        {
            throw new Problem(
                ProblemCode.GitRevisionMoved, $"commit {source.Commit[..12]} of {Printable.Clip(source.Url, 200)} has other files than the lockfile says",
                "do not use this repository before its owner explains; `cairn update` would accept what it has now").Raise(e);
        }
    }

    private TreeHash? Remembered(string memo) =>
        _memory.FindRef(Trees, memo) is { } text && TreeHash.TryParse(Encoding.ASCII.GetString(text), out var tree) ? tree : null;

    /// <summary>The folder of the package of that name: the repository's root, else the first below it, shallow ones first.</summary>
    private static string? FolderOf(string checkout, PackageName name)
    {
        var waiting = new Queue<(string Folder, int Depth)>([(checkout, 0)]);
        for (var seen = 0; seen < FoldersMax && waiting.TryDequeue(out var next); seen++)
        {
            if (NameIn(next.Folder) == name)
            {
                return next.Folder;
            }

            if (next.Depth < DepthMax)
            {
                foreach (var below in Directory.EnumerateDirectories(next.Folder).Order(StringComparer.Ordinal).Where(IsOrdinary))
                {
                    waiting.Enqueue((below, next.Depth + 1));
                }
            }
        }

        return null;
    }

    // A link out of the checkout is never followed; a broken manifest elsewhere in the repository is not our concern.
    private static bool IsOrdinary(string folder) => (File.GetAttributes(folder) & FileAttributes.ReparsePoint) == 0;

    private static PackageName? NameIn(string folder)
    {
        try
        {
            return FolderManifest.FileIn(folder) is { } file && new FileInfo(file) is { LinkTarget: null, Length: <= ManifestDocument.BytesMax }
                ? ManifestDocument.Parse(File.ReadAllBytes(file), file).Manifest.Package?.Name
                : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static Release WithTree(Release release, StoreKey key) =>
        TreeHash.TryParse(key.ToString(), out var tree) ? release with { Details = release.Details with { Tree = tree } } : release;

    private static ProblemException NoManifest(PackageName name, string url) => new Problem(
        ProblemCode.PackageNotFound, $"{Printable.Clip(url, 200)} has no package `{name}`", $"check the name in its `cairn.toml`; the repository needs one that says `name = \"{name}\"`").Raise();

    private static void Discard(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The cache folder is cleaned as a whole.
        }
    }
}
