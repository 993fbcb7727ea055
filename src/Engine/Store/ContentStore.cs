using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Store;

/// <summary>
/// Unpacked packages on disk, each by the hash of its archive, shared by all projects of a user (docs/formats/store.md).
/// Several processes may use one store at once. Members are safe to call from several threads.
/// </summary>
public sealed partial class ContentStore : IDisposable
{
    /// <summary>So long a tree that was found undamaged counts as undamaged without another look.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly StoreOptions _options;
    private readonly StoreLayout _layout;
    private readonly TreeFiles _files;
    private readonly TimeProvider _clock;
    private readonly IProgress<ProgressEvent>? _progress;
    private readonly SharedArchives? _shared;
    private readonly StoreCounters _counters;
    private readonly SemaphoreSlim _gate;
    private readonly Lock _opening = new();
    private readonly ConcurrentDictionary<StoreKey, (StoredTree Tree, long At)> _found = new();
    private SafeFileHandle? _lock;
    private bool _isOpen;

    /// <param name="progress">Told about damaged trees and about a shared folder that does not work.</param>
    public ContentStore(StoreOptions options, TimeProvider clock, IProgress<ProgressEvent>? progress = null)
        : this(options, clock, progress, TreeFiles.ForThisSystem)
    {
    }

    internal ContentStore(StoreOptions options, TimeProvider clock, IProgress<ProgressEvent>? progress, TreeFiles files)
    {
        (_options, _clock, _progress, _files) = (options, clock, progress, files);
        _layout = new StoreLayout(options.Folder);
        _shared = options.SharedFolder is null ? null : new SharedArchives(options.SharedFolder, progress);
        _counters = new StoreCounters(_layout.Counters);
        _gate = new SemaphoreSlim(options.Workers);
    }

    /// <summary>The full path of the store.</summary>
    public string Folder => _layout.Root;

    /// <summary>Whether there is a tree of that key, undamaged or not: for plans, at the price of one look.</summary>
    public bool Has(StoreKey key) => _found.ContainsKey(key) || _layout.HasTree(key);

    /// <summary>
    /// The tree of a key after a look at each of its files. When one looks different all are read; when one is damaged
    /// or missing the tree is thrown away. Null means absent: fetch it (again).
    /// </summary>
    public StoredTree? Find(StoreKey key)
    {
        Open();
        var tree = FindQuietly(key);
        _counters.Count(tree is not null);
        return tree;
    }

    /// <summary>Reads an archive to its end, checks length, hash and content, and unpacks it. Nothing stays of one that fails.</summary>
    /// <param name="size">Compressed bytes when known: anything else is refused early.</param>
    /// <exception cref="ProblemException">HashMismatch, SizeMismatch, Archive…, DiskFull, AccessDenied.</exception>
    public async Task<StoredTree> AddArchiveAsync(Stream archive, ContentHash hash, long? size = null, CancellationToken cancel = default)
    {
        Open();
        var max = Math.Min(size ?? long.MaxValue, _options.Rules.CompressedMax);
        if (size > _options.Rules.CompressedMax)
        {
            throw TooLarge(hash, size.Value);
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(max + 1, size is null ? 64 << 10 : int.MaxValue));
        try
        {
            var length = 0;
            for (int read; (read = await archive.ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false)) > 0;)
            {
                length += read;
                if (length > max)
                {
                    throw size is null ? TooLarge(hash, length) : WrongSize(hash, size.Value);
                }

                buffer = length == buffer.Length ? Grow(buffer) : buffer;
            }

            return length == (size ?? length)
                ? await AddArchiveAsync(buffer.AsMemory(0, length), hash, cancel).ConfigureAwait(false)
                : throw WrongSize(hash, size!.Value);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The same for an archive in memory.</summary>
    public async Task<StoredTree> AddArchiveAsync(ReadOnlyMemory<byte> archive, ContentHash hash, CancellationToken cancel = default)
    {
        Open();
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    CheckHash(archive.Span, hash);
                    var tree = Unpack(archive, hash, cancel);
                    _counters.CountFetched(archive.Length);
                    _shared?.Put(hash, archive.Span);
                    return tree;
                },
                cancel).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// The tree of an archive that the team's shared folder has; null when there is no such folder, it does not have
    /// the archive or what it has is damaged.
    /// </summary>
    public async Task<StoredTree?> AddSharedAsync(ContentHash hash, CancellationToken cancel = default)
    {
        Open();
        if (_shared?.Read(hash, _options.Rules.CompressedMax) is not { } archive)
        {
            return null;
        }

        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Unpack(archive, hash, cancel), cancel).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts a tree into a project. The folder must not exist; its parents are made.</summary>
    /// <exception cref="ProblemException">DiskFull, AccessDenied, FileUnavailable; a half made folder may be left.</exception>
    public void LinkInto(StoredTree tree, string folder, LinkMode mode)
    {
        switch (mode)
        {
            case LinkMode.Packages when TryLinkWhole(tree, folder):
                break;
            case LinkMode.Copy:
                TreeFiles.Copy(tree, folder);
                break;
            default:
                _files.Link(tree, folder);
                break;
        }
    }

    /// <summary>Puts many trees into a project, several at once.</summary>
    public Task LinkAsync(IReadOnlyCollection<LinkTarget> targets, LinkMode mode, CancellationToken cancel = default)
    {
        Open();
        return Parallel.ForEachAsync(targets, Parallelism(cancel), (target, _) =>
        {
            LinkInto(target.Tree, target.Folder, mode);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Writes the counters down and lets other processes clean the store.</summary>
    public void Dispose()
    {
        _counters.Save();
        _lock?.Dispose();
        _gate.Dispose();
    }

    private ParallelOptions Parallelism(CancellationToken cancel) =>
        new() { MaxDegreeOfParallelism = _options.Workers, CancellationToken = cancel };

    private void Open()
    {
        if (_isOpen)
        {
            return;
        }

        lock (_opening)
        {
            if (!_isOpen)
            {
                MakeRoot();
                _lock = StoreLock.Share(_layout.LockFile);
                _isOpen = true;
            }
        }
    }

    private void MakeRoot()
    {
        try
        {
            Directory.CreateDirectory(_layout.Root);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, _layout.Root);
        }
    }

    private StoredTree? FindQuietly(StoreKey key)
    {
        if (_found.TryGetValue(key, out var known) && _clock.GetElapsedTime(known.At) < Trust)
        {
            return known.Tree;
        }

        if (_layout.FindTree(key) is not { } folder)
        {
            _found.TryRemove(key, out _);
            return null;
        }

        var tree = TreeCheck.Look(_files, key, folder);
        if (tree is null)
        {
            _found.TryRemove(key, out _);
            _layout.Discard(key);
            _progress?.Report(new ProgressEvent.Noticed(TreeCheck.Damaged(key)));
            return null;
        }

        return Remember(tree);
    }

    private StoredTree Remember(StoredTree tree)
    {
        _found[tree.Key] = (tree, _clock.GetTimestamp());
        return tree;
    }

    private StoredTree Unpack(ReadOnlyMemory<byte> archive, StoreKey key, CancellationToken cancel) =>
        AddTree(writer =>
        {
            writer.TopFolder = ArchiveReader.Read(archive, _options.Rules, writer, cancel).TopFolder;
            return key;
        });

    /// <summary>Fills a folder of `tmp`, then makes it the tree of the key that filling it gave.</summary>
    private StoredTree AddTree(Func<TreeWriter, StoreKey> fill)
    {
        string? temporary = null;
        try
        {
            temporary = _layout.MakeTemporary();
            var files = Path.Combine(temporary, StoreLayout.FilesName);
            Directory.CreateDirectory(files);
            var (key, index) = Write(files, fill);
            using (var file = File.OpenHandle(Path.Combine(temporary, StoreLayout.IndexName), FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, index.Content, 0);
            }

            return Commit(temporary, key, index);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, _layout.Root);
        }
        finally
        {
            if (temporary is not null && Directory.Exists(temporary))
            {
                StoreLayout.Delete(temporary);
            }
        }
    }

    private (StoreKey Key, TreeIndex Index) Write(string files, Func<TreeWriter, StoreKey> fill)
    {
        using var writer = _files.Write(files);
        var key = fill(writer);
        return (key, writer.BuildIndex());
    }

    private StoredTree Commit(string temporary, StoreKey key, TreeIndex index)
    {
        if (_layout.TryCommit(temporary, key))
        {
            return Remember(new StoredTree(key, Path.Combine(_layout.TreeFolder(key), StoreLayout.FilesName), index));
        }

        // Another process was faster. If what it made is damaged, FindQuietly has just thrown it away.
        if (FindQuietly(key) is { } made)
        {
            return made;
        }

        return _layout.TryCommit(temporary, key)
            ? Remember(new StoredTree(key, Path.Combine(_layout.TreeFolder(key), StoreLayout.FilesName), index))
            : throw DiskProblem.Of(new IOException("a damaged copy cannot be replaced"), _layout.TreeFolder(key));
    }

    private static bool TryLinkWhole(StoredTree tree, string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            Directory.CreateSymbolicLink(folder, tree.Folder);
            return true;
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            // Symbolic links need a right there that most accounts do not have.
            return false;
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, folder);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static void CheckHash(ReadOnlySpan<byte> archive, ContentHash hash)
    {
        var found = ContentHash.Of(archive);
        if (found != hash)
        {
            throw new Problem(
                ProblemCode.HashMismatch, $"an archive has the hash `{found}` instead of `{hash}`",
                "try again; when it stays so, the registry serves something else than was published").Raise();
        }
    }

    private static ProblemException WrongSize(ContentHash hash, long size) => new Problem(
        ProblemCode.SizeMismatch, $"the archive `{hash}` does not have its {size} bytes",
        "try again; when it stays so, the registry serves something else than was published").Raise();

    private static ProblemException TooLarge(ContentHash hash, long size) => new Problem(
        ProblemCode.ArchiveTooLarge, $"the archive `{hash}` has {size} bytes or more ({ArchiveReason.TooLarge.Word()})",
        "do not use it; tell whoever published it", Detail: new ArchiveDetail(ArchiveReason.TooLarge, null, 0)).Raise();
}
