using System.Collections.Concurrent;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Store;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>
/// Carries out a plan, all or nothing: fetch and verify, stage the new tree, then one transaction. Until that begins,
/// cancelling leaves the project as it was; from then on it is a matter of milliseconds and cannot be cancelled.
/// </summary>
internal sealed class Applying(RegistryClient client, ChangePlan plan, PreparedChange prepared, IProgress<ProgressEvent> progress)
{
    private readonly ConcurrentDictionary<StoreKey, StoredTree> _trees = new();
    private int _fetched;
    private long _fetchedBytes;

    private Project Project => prepared.Project;

    public async Task<ChangeReport> RunAsync(CancellationToken cancellation)
    {
        var started = client.Settings.Clock.GetTimestamp();
        using var held = ProjectLock.Take(Project.State, plan.Command);
        Recovery.HealHeld(Project.State, client.Disk);
        CheckUnchanged();
        int? entry = null;
        if (!plan.IsEmpty)
        {
            entry = await CommitAsync(prepared.Tree is { Changes: true } changing ? changing : null, cancellation).ConfigureAwait(false);
        }

        Stamp();
        return Report(entry, client.Settings.Clock.GetElapsedTime(started));
    }

    /// <summary>What planning read must still be there: someone may have edited while the plan was looked at.</summary>
    private void CheckUnchanged()
    {
        var read = Project.Manifests.Select(manifest => (manifest.File, (byte[]?)manifest.Bytes))
            .Append((Project.Lockfile.File, Project.Lockfile.Bytes))
            .Concat(prepared.Files.Where(file => file.File == AuditFile.Name).Select(file => (file.File, file.Old)));
        foreach (var (file, bytes) in read)
        {
            var path = Path.Combine(Project.Root, file);
            var now = File.Exists(path) ? File.ReadAllBytes(path) : null;
            if (now is null != bytes is null || !now.AsSpan().SequenceEqual(bytes))
            {
                throw new Problem(
                    ProblemCode.ProjectBusy, $"`{file}` was changed while this was being planned", "run the command again to plan with the new text").Raise();
            }
        }
    }

    private async Task<int?> CommitAsync(PreparedTree? tree, CancellationToken cancellation)
    {
        var transaction = ProjectTransaction.Begin(
            Project.State, client.Disk, client.Settings.Clock.GetUtcNow(), prepared.Tree is { } any ? TreeMarker.Read(Path.Combine(Project.Root, any.Directory)) : null);
        int? entry;
        try
        {
            if (tree is not null)
            {
                await StageTreeAsync(transaction, tree, cancellation).ConfigureAwait(false);
            }

            entry = StageFiles(transaction);
            cancellation.ThrowIfCancellationRequested();
        }
        catch (Exception e) when (e is ProblemException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            transaction.Abandon();
            throw e is IOException or UnauthorizedAccessException ? DiskProblem.Of(e, Project.State.Path) : e;
        }

        var rubbish = transaction.Commit();
        client.Later(() => client.Disk.DeleteFolder(rubbish));
        ReportMoves(tree);
        return entry;
    }

    private async Task StageTreeAsync(ProjectTransaction transaction, PreparedTree tree, CancellationToken cancellation)
    {
        var staged = transaction.TreeFolder;
        if (tree.Layout.Packages.IsEmpty && ForeignEntries.In(Path.Combine(Project.Root, tree.Directory)).Count == 0)
        {
            transaction.StageTreeRemoval(tree.Directory);
            return;
        }

        client.Disk.MakeFolder(staged);
        await FillAsync(staged, tree, cancellation).ConfigureAwait(false);
        foreach (var placed in tree.Layout.Packages.Where(placed => !IsStored(placed.Package)))
        {
            LocalPackages.Put(client.Disk, Project.Root, tree.Directory, placed, staged);
        }

        foreach (var link in tree.Layout.Links)
        {
            LocalPackages.Link(client.Disk, staged, link);
        }

        client.Disk.Write(Path.Combine(staged, PackageMap.FileName), tree.Map);
        transaction.StageTree(tree.Directory);
        client.Store.RememberProject(Project.Root, _trees.Keys);
    }

    /// <summary>
    /// Each package is linked as soon as it is there: what is in the store while others are on their way. Many requests wait
    /// at once, and few threads work on the disk.
    /// </summary>
    private async Task FillAsync(string staged, PreparedTree tree, CancellationToken cancellation)
    {
        var sizes = plan.ToFetch.ToDictionary(fetch => fetch.Package, fetch => fetch.Size);
        progress.Report(new ProgressEvent.ApplyStarted(plan.ToFetch.Length, plan.ToFetch.Sum(fetch => fetch.Size ?? 0), tree.ToInstall.Length));
        client.Disk.Step($"link packages into {staged}");
        using var sources = client.Sources(Project, null, []);
        using var disk = new SemaphoreSlim(Math.Max(2, Environment.ProcessorCount));
        var counting = new CountedDownloads(progress, (package, bytes) =>
        {
            Interlocked.Increment(ref _fetched);
            Interlocked.Add(ref _fetchedBytes, sizes.GetValueOrDefault(package) ?? bytes);
        });
        var absentFirst = tree.Layout.Packages.Where(placed => IsStored(placed.Package)).OrderBy(placed => sizes.ContainsKey(placed.Package.Id) ? 0 : 1);
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = client.DownloadsMax, CancellationToken = cancellation };
        await Parallel.ForEachAsync(absentFirst, bounds, async (placed, stop) =>
        {
            var key = KeyOf(placed.Package);
            var stored = await OnDiskAsync(disk, () => client.Store.Find(key), stop).ConfigureAwait(false)
                ?? await sources.FetchAsync(placed.Package, sizes.GetValueOrDefault(placed.Package.Id), counting, stop).ConfigureAwait(false);
            CheckIdentity(stored, placed.Package);
            _trees[key] = stored;
            await OnDiskAsync(disk, () => Link(stored, Path.Combine(staged, placed.Folder), tree.Link), stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>A lockfile that was tampered with may give a package the hash of another one, whose content is sound.</summary>
    private static void CheckIdentity(StoredTree stored, LockedPackage package)
    {
        if (package.Source is PackageSource.Feed && !stored.MayBe(package.Id))
        {
            throw new Problem(
                ProblemCode.WrongPackage, $"the checksum of {package.Id} is that of another package",
                "see who changed it in cairn.lock; `cairn update` of the package writes the one its registry has").Raise();
        }
    }

    private StoredTree Link(StoredTree stored, string folder, LinkMode link)
    {
        client.Store.LinkInto(stored, folder, link);
        return stored;
    }

    private static async Task<StoredTree?> OnDiskAsync(SemaphoreSlim disk, Func<StoredTree?> work, CancellationToken cancellation)
    {
        await disk.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return work();
        }
        finally
        {
            disk.Release();
        }
    }

    /// <returns>The number of the history entry; null when no file changes.</returns>
    private int? StageFiles(ProjectTransaction transaction)
    {
        foreach (var file in prepared.Files)
        {
            transaction.StageFile(file.File, file.Old, file.New);
        }

        if (prepared.Files.IsEmpty || prepared.History is not { } kind)
        {
            return null;
        }

        var history = UndoHistory.Open(Project.State);
        var entry = new HistoryEntry(
            history.Next, kind, prepared.HistoryOf, plan.Command, prepared.Summary, client.Settings.Clock.GetUtcNow(),
            [.. prepared.Files.Select(file => new HistoryFile(file.File, file.Old, file.New))]);
        UndoHistory.Stage(client.Disk, transaction.HistoryFolder, entry);
        transaction.StageHistory(entry.Number);
        history.Trim(client.Disk);
        return entry.Number;
    }

    private void ReportMoves(PreparedTree? tree)
    {
        foreach (var package in tree?.ToInstall ?? [])
        {
            progress.Report(new ProgressEvent.PackageInstalled(package));
        }

        foreach (var package in tree?.ToRemove ?? [])
        {
            progress.Report(new ProgressEvent.PackageRemoved(package));
        }
    }

    /// <summary>Lets the next install see at once that nothing is to do.</summary>
    private void Stamp()
    {
        if (prepared.Tree is { } tree)
        {
            var files = Project.Manifests.Select(manifest => manifest.File)
                .Concat([Project.LockfileName, $"{tree.Directory}/{TreeMarker.FileName}"]).Concat(prepared.WatchedFiles).Distinct();
            var scopes = tree.Layout.Packages.Select(placed => placed.Folder).Where(folder => folder.Contains('/', StringComparison.Ordinal))
                .Select(folder => $"{tree.Directory}/{folder[..folder.IndexOf('/', StringComparison.Ordinal)]}");
            var folders = scopes.Prepend(tree.Directory).Concat(Project.WatchedFolders).Distinct();
            client.Disk.Write(Project.State.Stamp, InstallStamp.Make(Project.Root, plan.PackagesInstalled, prepared.Selection, files, folders));
        }
    }

    private ChangeReport Report(int? entry, TimeSpan elapsed) => new()
    {
        Folder = plan.Folder,
        Command = plan.Command,
        WasEmpty = plan.IsEmpty,
        Manifests = [.. plan.Manifests.Select(manifest => manifest.File)],
        LockfileWritten = plan.ChangesLockfile,
        Lock = plan.Lock,
        Installed = plan.ToInstall,
        Removed = plan.ToRemove,
        PackagesInstalled = plan.PackagesInstalled,
        PackagesFetched = _fetched,
        BytesFetched = _fetchedBytes,
        Warnings = plan.Warnings,
        HistoryEntry = entry,
        Elapsed = elapsed,
    };

    internal static bool IsStored(LockedPackage package) => package.Source is PackageSource.Feed or PackageSource.Git;

    /// <summary>The store's key of a package; null when the lockfile has no hash for it, as of a feed without archives.</summary>
    internal static StoreKey? FindKey(LockedPackage package) =>
        package.Checksum is { } checksum ? StoreKey.Of(checksum)
        : package.Tree is { } tree ? StoreKey.Of(tree)
        : null;

    /// <exception cref="ProblemException">ReleaseNotFound when there is nothing to fetch.</exception>
    private static StoreKey KeyOf(LockedPackage package) => FindKey(package) ?? throw new Problem(
        ProblemCode.ReleaseNotFound,
        $"`{package.Id}` has no archive to install: neither the registry nor the lockfile has a hash of one",
        "run `cairn lock` if the registry has it by now; a registry of metadata alone can be browsed and locked, not installed").Raise();

    /// <summary>Passes progress on and keeps count of what was really downloaded.</summary>
    private sealed class CountedDownloads(IProgress<ProgressEvent> next, Action<PackageId, long> ended) : IProgress<ProgressEvent>
    {
        private readonly ConcurrentDictionary<PackageId, long> _bytes = new();

        public void Report(ProgressEvent value)
        {
            switch (value)
            {
                case ProgressEvent.DownloadAdvanced advanced:
                    _bytes[advanced.Package] = advanced.BytesReceived;
                    break;
                case ProgressEvent.DownloadEnded done:
                    ended(done.Package, _bytes.GetValueOrDefault(done.Package));
                    break;
                default:
                    break;
            }

            next.Report(value);
        }
    }
}
