using System.Collections.Concurrent;
using System.Collections.Immutable;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Git;
using Registry.Engine.Sources.Local;
using Registry.Engine.Sources.Transport;
using Registry.Engine.Store;

namespace Registry.Engine.Sources;

/// <summary>
/// Where packages come from: feeds by their routes, folders, workspace members, git. Everything asked for is read once
/// and stays as it was read as long as this lives; in which order answers arrive changes nothing.
/// </summary>
public sealed class PackageSources : IDisposable
{
    private readonly SourceSettings _settings;
    private readonly ContentStore _store;
    private readonly FeedReaders _readers;
    private readonly GitPackages _git;
    private readonly SemaphoreSlim _downloads;
    private readonly ConcurrentDictionary<PackageKey, Shared<SourceAnswer>> _answers = new();
    private readonly ConcurrentDictionary<ContentHash, Shared<StoredTree>> _fetched = new();

    public PackageSources(SourceSettings settings, ContentStore store)
    {
        (_settings, _store) = (settings, store);
        Routes = new(settings.Registries);
        _readers = new(settings);
        _git = new(settings, store);
        _downloads = new(settings.DownloadsMax);
    }

    public Routes Routes { get; }

    /// <summary>One package with all its versions; path, git and member packages have one.</summary>
    /// <exception cref="ProblemException">PackageNotFound and the like where there is none; whatever stops the reading.</exception>
    public async Task<SuppliedPackage> ReadAsync(PackageKey key, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(key, cancellation).ConfigureAwait(false);
        return answer.Package ?? throw answer.Missing!.Raise();
    }

    /// <summary>Answers to all keys, read at the same time, in the order of the keys.</summary>
    public async Task<ImmutableArray<SourceAnswer>> ReadAllAsync(
        IReadOnlyList<PackageKey> keys, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var reading = keys.Select(key => AnswerAsync(key, cancellation)).ToArray();
        var answers = ImmutableArray.CreateBuilder<SourceAnswer>(keys.Count);
        foreach (var answer in reading)
        {
            if (!answer.IsCompleted)
            {
                progress.Report(new ProgressEvent.MetadataAdvanced(answers.Count, keys.Count - answers.Count));
            }

            answers.Add(await answer.ConfigureAwait(false));
        }

        progress.Report(new ProgressEvent.MetadataAdvanced(answers.Count, 0));
        return answers.MoveToImmutable();
    }

    /// <summary>Begins reading what will likely be asked for; a failure shows when it is.</summary>
    public void Prefetch(IEnumerable<PackageKey> keys)
    {
        foreach (var key in keys)
        {
            _ = AnswerAsync(key, CancellationToken.None).ContinueWith(
                static read => _ = read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    /// <summary>What one registry says of itself now.</summary>
    internal Task<FeedState> StateAsync(string registry, CancellationToken cancellation) => _readers.Of(Routes.Find(registry)).StateAsync(cancellation);

    /// <summary>Every name of one registry, for search; of all registries, first route first, when none is named.</summary>
    /// <returns>Read while it is walked through, which may throw FeedMalformed.</returns>
    public async Task<IEnumerable<NameEntry>> ReadNamesAsync(string? registry, CancellationToken cancellation)
    {
        if (registry is not null)
        {
            return await _readers.Of(Routes.Find(registry)).NamesAsync(cancellation).ConfigureAwait(false);
        }

        if (Routes.Registries.All(entry => entry.Address is null))
        {
            throw new Problem(
                ProblemCode.RouteMissing, "no registry is named, so there are no packages to find", "add one: `cairn registry add main URL-OR-FOLDER`").Raise();
        }

        var lists = await Task.WhenAll(Routes.Registries.Where(entry => entry.Address is not null).Select(
            async entry => (entry, await _readers.Of(entry).NamesAsync(cancellation).ConfigureAwait(false)))).ConfigureAwait(false);
        return from list in lists from name in list.Item2 where IsRoutedTo(name.Name, list.entry) select name;
    }

    /// <summary>What one registry says of itself.</summary>
    /// <exception cref="ProblemException">RegistryNotFound; whatever stops the reading.</exception>
    public async Task<FeedFacts> ReadFactsAsync(string registry, CancellationToken cancellation)
    {
        var reader = _readers.Of(Routes.Find(registry));
        var state = await reader.StateAsync(cancellation).ConfigureAwait(false);
        return new(registry, reader.Address, reader.IsLocal, state.Description.Ecosystem, state.Snapshot.Advisories?.Hash);
    }

    /// <summary>The advisories that one registry publishes: OSV records, one JSON line each. Null when it publishes none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAdvisoriesAsync(string registry, CancellationToken cancellation) =>
        (await _readers.Of(Routes.Find(registry)).AdvisoriesAsync(cancellation).ConfigureAwait(false))?.Lines;

    /// <summary>The files of a locked package: from the store, the team's shared archives, or where it comes from.</summary>
    /// <param name="size">Compressed bytes when the index is at hand; refuses another length early.</param>
    /// <exception cref="ProblemException">HashMismatch, SizeMismatch, Archive…, OfflineMissing, GitRevisionMoved, those of the network and disk.</exception>
    public Task<StoredTree> FetchAsync(LockedPackage package, long? size, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        package.Source switch
        {
            PackageSource.Git git => _git.FetchAsync(package, git, cancellation),
            PackageSource.Feed feed => FetchArchiveAsync(package, feed, size, progress, cancellation),
            _ => throw new ArgumentException("a path package is not fetched", nameof(package)),
        };

    public void Dispose()
    {
        _readers.Dispose();
        _downloads.Dispose();
    }

    private bool IsRoutedTo(PackageName name, RegistryEntry registry)
    {
        try
        {
            return Routes.Resolve(name).Name == registry.Name;
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.RouteMissing)
        {
            return false;
        }
    }

    private Task<SourceAnswer> AnswerAsync(PackageKey key, CancellationToken cancellation) =>
        _answers.GetOrAdd(key, static _ => new()).GetAsync(stop => ReadOnceAsync(key, stop), cancellation);

    private async Task<SourceAnswer> ReadOnceAsync(PackageKey key, CancellationToken cancellation)
    {
        try
        {
            return new(key, await SupplyAsync(key, cancellation).ConfigureAwait(false), null);
        }
        catch (ProblemException e) when (e.Problem.Code is ProblemCode.PackageNotFound or ProblemCode.RouteMissing or ProblemCode.PathDependencyMissing)
        {
            return new(key, null, e.Problem);
        }
    }

    private Task<SuppliedPackage> SupplyAsync(PackageKey key, CancellationToken cancellation) => key.Origin switch
    {
        DependencyOrigin.Feed feed => SupplyFromFeedAsync(key, feed, cancellation),
        DependencyOrigin.Git git => _git.ReadAsync(key, git, cancellation),
        DependencyOrigin.Path path => Task.FromResult(SupplyFromFolder(key, path.Folder)),
        _ => Task.FromResult(SupplyFromFolder(key, _settings.Members.GetValueOrDefault(key.Name) ?? throw new Problem(
            ProblemCode.WorkspaceInvalid, $"`{key.Name}` is not a member of the workspace", "list its folder in `members` of [workspace]").Raise())),
    };

    private async Task<SuppliedPackage> SupplyFromFeedAsync(PackageKey key, DependencyOrigin.Feed origin, CancellationToken cancellation)
    {
        var registry = Routes.Resolve(key.Name, origin);
        var document = await _readers.Of(registry).FindAsync(key.Name, cancellation).ConfigureAwait(false) ?? throw new Problem(
            ProblemCode.PackageNotFound, $"registry `{registry.Name}` has no package `{key.Name}`", $"check the name: `cairn search {key.Name}`").Raise();
        return new(key, new PackageSource.Feed(registry.Name), document.Index);
    }

    private SuppliedPackage SupplyFromFolder(PackageKey key, string folder)
    {
        var root = _settings.ProjectRoot ?? throw new Problem(
            ProblemCode.PathDependencyMissing, $"`{key.Name}` is a folder of a project, and there is none", "run the command inside the project").Raise();
        var manifest = FolderManifest.Find(Path.GetFullPath(folder, root), folder);
        if (manifest?.Package is not { } package || package.Name != key.Name)
        {
            throw new Problem(
                ProblemCode.PathDependencyMissing,
                manifest?.Package is { } other ? $"the folder `{folder}` holds `{other.Name}`, not `{key.Name}`"
                    : Directory.Exists(Path.GetFullPath(folder, root)) ? $"`{key.Name}` has no manifest in the folder `{folder}`"
                    : $"the folder `{folder}` of path dependency `{key.Name}` is not there",
                "correct the path, or check the folder out").Raise();
        }

        var index = FolderManifest.Index(
            manifest, package, origin => origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(RelativeFolder.Join(folder, path.Folder)) : origin);
        var isMember = key.Origin is DependencyOrigin.Member || (_settings.Members.TryGetValue(key.Name, out var member) && member == folder);
        return new(key, isMember ? new PackageSource.Member(folder) : new PackageSource.Path(folder), index);
    }

    private Task<StoredTree> FetchArchiveAsync(
        LockedPackage package, PackageSource.Feed feed, long? size, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var hash = package.Checksum ?? throw new Problem(
            ProblemCode.LockfileInvalid, $"the lockfile has no checksum for {package.Id}", "write it again: `cairn lock`").Raise();
        return _fetched.GetOrAdd(hash, static _ => new()).GetAsync(
            stop => FetchOnceAsync(package.Id, feed, hash, size, progress, cancellation), cancellation);
    }

    private async Task<StoredTree> FetchOnceAsync(
        PackageId package, PackageSource.Feed feed, ContentHash hash, long? size, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        await _downloads.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_store.Find(hash) is { } there)
            {
                return there;
            }

            var tree = await _store.AddSharedAsync(hash, cancellation).ConfigureAwait(false)
                ?? await DownloadAsync(package, feed, hash, size, progress, cancellation).ConfigureAwait(false);
            progress.Report(new ProgressEvent.DownloadEnded(package));
            return tree;
        }
        finally
        {
            _downloads.Release();
        }
    }

    private async Task<StoredTree> DownloadAsync(
        PackageId package, PackageSource.Feed feed, ContentHash hash, long? size, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var reader = _readers.Of(Routes.Find(feed.Registry));
        for (var isFirst = true; ; isFirst = false)
        {
            var stream = await reader.OpenArchiveAsync(package, hash, size ?? -1, cancellation).ConfigureAwait(false);
            await using var opened = stream.ConfigureAwait(false);
            var watched = new WatchedStream(stream, received => progress.Report(new ProgressEvent.DownloadAdvanced(package, received, size ?? 0)));
            await using var watching = watched.ConfigureAwait(false);
            try
            {
                return await _store.AddArchiveAsync(watched, hash, size, cancellation).ConfigureAwait(false);
            }
            catch (ProblemException e) when (isFirst && e.Problem.Code == ProblemCode.HashMismatch && stream is HttpDownload { WasResumed: true })
            {
                // Two halves of different files: once more, from the start.
            }
            catch (ProblemException e) when (e.Problem.Kind == ProblemKind.Integrity)
            {
                throw (e.Problem with { Message = $"{package} from registry `{feed.Registry}`: {e.Problem.Message}" }).Raise(e);
            }
        }
    }
}
