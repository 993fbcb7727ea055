using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Store;

/// <summary>Adding folders, and looking after a store: who uses it, what is damaged, what may go.</summary>
public sealed partial class ContentStore
{
    /// <summary>Copies the files of a folder (a git checkout) into the store, under the hash of its tree. `.git` is left out.</summary>
    /// <param name="expected">What the hash must be, when it is known.</param>
    /// <exception cref="ProblemException">ArchiveUnsafe for links and names no package may have; HashMismatch; DiskFull.</exception>
    public async Task<StoredTree> AddFolderAsync(string folder, TreeHash? expected = null, CancellationToken cancel = default)
    {
        Open();
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => AddTree(writer => CopyIn(folder, writer, expected, cancel)), cancel).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Notes which trees a project uses from now on; a collection keeps them as long as its folder exists.</summary>
    /// <param name="project">The full path of the project's folder.</param>
    public void RememberProject(string project, IEnumerable<StoreKey> keys)
    {
        Open();
        try
        {
            foreach (var dropped in new ProjectRecords(_layout.Projects).Replace(project, keys))
            {
                Touch(dropped);
            }
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, _layout.Projects);
        }
    }

    public Task<StoreStatistics> StatsAsync(CancellationToken cancel = default)
    {
        Open();
        return Task.Run(
            () =>
            {
                var (packages, files, bytes) = (0, 0L, 0L);
                foreach (var key in _layout.AllTrees())
                {
                    cancel.ThrowIfCancellationRequested();
                    var totals = Totals(key);
                    (packages, files, bytes) = (packages + 1, files + totals.Files, bytes + totals.Bytes);
                }

                var (hits, misses, fetched) = _counters.Sum();
                var projects = new ProjectRecords(_layout.Projects).Living().Select(record => record.Project);
                return new StoreStatistics(packages, files, bytes, hits, misses, fetched, [.. projects]);
            },
            cancel);
    }

    /// <summary>Reads every byte of every tree.</summary>
    public async Task<StoreVerification> VerifyAsync(DamageRule rule, CancellationToken cancel = default)
    {
        Open();
        var keys = _layout.AllTrees().ToArray();
        var damaged = new ConcurrentBag<DamagedTree>();
        var (done, files, bytes) = (0, 0L, 0L);
        await Parallel.ForEachAsync(keys, Parallelism(cancel), (key, _) =>
        {
            var (treeFiles, treeBytes, fault) = Verify(key);
            Interlocked.Add(ref files, treeFiles);
            Interlocked.Add(ref bytes, treeBytes);
            if (fault is not null)
            {
                damaged.Add(fault);
                DiscardWhen(rule, key);
            }

            _progress?.Report(new ProgressEvent.StepAdvanced("verify", Interlocked.Increment(ref done), keys.Length));
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return new(keys.Length, files, bytes, [.. damaged.OrderBy(tree => tree.Key.ToString(), StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Removes trees that no known project uses and that were added, or last dropped by a project, longer ago than
    /// <paramref name="unusedFor"/>; and what dead processes left.
    /// </summary>
    /// <exception cref="ProblemException">FileUnavailable while another process uses the store.</exception>
    public Task<StoreCollection> CollectAsync(TimeSpan unusedFor, CollectionMode mode, CancellationToken cancel = default) =>
        AloneAsync(() => Collect(unusedFor, mode, cancel), cancel);

    /// <summary>Removes everything but the records of projects and the counters.</summary>
    /// <exception cref="ProblemException">FileUnavailable while another process uses the store.</exception>
    public Task<StoreCollection> ClearAsync(CancellationToken cancel = default) =>
        AloneAsync(() => Remove([.. _layout.AllTrees()], 0, cancel), cancel);

    private static StoreKey CopyIn(string folder, TreeWriter writer, TreeHash? expected, CancellationToken cancel)
    {
        var hash = new TreeHashBuilder();
        FolderReader.Read(folder, new TeeSink(writer, hash), cancel);
        var found = hash.Build();
        return expected is null || expected == found ? found : throw new Problem(
            ProblemCode.HashMismatch, $"`{folder}` has the tree `{found}` instead of `{expected}`",
            "what the lockfile was made from has changed; `cairn update` takes the new state").Raise();
    }

    private void Touch(StoreKey key)
    {
        var index = Path.Combine(_layout.TreeFolder(key), StoreLayout.IndexName);
        if (File.Exists(index))
        {
            File.SetLastWriteTimeUtc(index, _clock.GetUtcNow().UtcDateTime);
        }
    }

    private (int Files, long Bytes) Totals(StoreKey key)
    {
        try
        {
            Span<byte> header = stackalloc byte[TreeIndex.HeaderLength];
            using var file = File.OpenHandle(Path.Combine(_layout.TreeFolder(key), StoreLayout.IndexName));
            return TreeIndex.ReadTotals(header[..RandomAccess.Read(file, header, 0)]) ?? default;
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            return default;
        }
    }

    private (int Files, long Bytes, DamagedTree? Fault) Verify(StoreKey key)
    {
        var folder = _layout.TreeFolder(key);
        if (TreeCheck.ReadIndex(folder) is not { } index)
        {
            return (0, 0, new(key, []));
        }

        var tree = new StoredTree(key, Path.Combine(folder, StoreLayout.FilesName), index);
        var faults = TreeCheck.Faults(tree);
        return (tree.FileCount, tree.Bytes, faults.Count == 0 ? null : new(key, [.. faults.Order(StringComparer.Ordinal)]));
    }

    private void DiscardWhen(DamageRule rule, StoreKey key)
    {
        _found.TryRemove(key, out _);
        if (rule == DamageRule.Discard)
        {
            _layout.Discard(key);
        }
    }

    /// <summary>Runs with the store alone; afterwards the ordinary, common lock is taken anew when it is needed.</summary>
    private Task<StoreCollection> AloneAsync(Func<StoreCollection> work, CancellationToken cancel) => Task.Run(
        () =>
        {
            lock (_opening)
            {
                MakeRoot();
                _lock?.Dispose();
                _isOpen = false;
                using var alone = StoreLock.Own(_layout.LockFile);
                _found.Clear();
                return work();
            }
        },
        cancel);

    private StoreCollection Collect(TimeSpan unusedFor, CollectionMode mode, CancellationToken cancel)
    {
        var records = new ProjectRecords(_layout.Projects);
        var used = records.Living().SelectMany(record => record.Keys).ToHashSet();
        var before = _clock.GetUtcNow().UtcDateTime - unusedFor;
        var all = _layout.AllTrees().ToArray();
        var unused = all.Where(key => !used.Contains(key) && LastUse(key) <= before)
            .OrderBy(key => key.ToString(), StringComparer.Ordinal).ToImmutableArray();
        if (mode == CollectionMode.Preview)
        {
            return new(unused, unused.Sum(key => Totals(key).Bytes), all.Length - unused.Length, Leftovers().Length);
        }

        records.Prune();
        _counters.Fold();
        return Remove(unused, all.Length - unused.Length, cancel);
    }

    private DateTime LastUse(StoreKey key) =>
        File.GetLastWriteTimeUtc(Path.Combine(_layout.TreeFolder(key), StoreLayout.IndexName));

    private string[] Leftovers() => Directory.Exists(_layout.Temporary) ? Directory.GetDirectories(_layout.Temporary) : [];

    private StoreCollection Remove(ImmutableArray<StoreKey> keys, int kept, CancellationToken cancel)
    {
        var leftovers = Leftovers();
        foreach (var leftover in leftovers)
        {
            StoreLayout.Delete(leftover);
        }

        var bytes = 0L;
        foreach (var key in keys)
        {
            cancel.ThrowIfCancellationRequested();
            bytes += Totals(key).Bytes;
            _layout.Discard(key);
        }

        return new(keys, bytes, kept, leftovers.Length);
    }

    /// <summary>Writes files and hashes them at once.</summary>
    private sealed class TeeSink(TreeWriter writer, TreeHashBuilder tree) : ArchiveSink
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private (string Path, FileKind Kind) _file = ("", FileKind.Plain);

        public override void Folder(string path) => writer.Folder(path);

        public override void BeginFile(string path, long size, FileKind kind)
        {
            _file = (path, kind);
            writer.BeginFile(path, size, kind);
        }

        public override void Content(ReadOnlySpan<byte> piece)
        {
            _hash.AppendData(piece);
            writer.Content(piece);
        }

        public override void EndFile()
        {
            tree.Add(_file.Path, _file.Kind, _hash.GetHashAndReset());
            writer.EndFile();
        }
    }
}
