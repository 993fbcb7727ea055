using System.Collections.Concurrent;
using System.Collections.Immutable;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Transport;

namespace Registry.Engine.Sources.Feeds;

/// <summary>
/// Reads one feed. The two refs are asked for once; everything else is named by hash, so it is either in the cache or
/// fetched and checked. What a session has read stays as it was read: one resolution sees one moment of the feed.
/// </summary>
internal sealed class FeedReader(string registry, FeedFiles files, FeedCache cache, FeedReading reading, FeedTrust trust, IndexVocabulary vocabulary)
{
    private const string SeenPrefix = "seen/";

    private readonly FeedRefs _refs = new(registry, files, cache, reading);
    private readonly string _key = FeedCache.KeyOf(files.Address);
    private readonly ConcurrentDictionary<int, Shared<FeedBin>> _bins = new();
    private readonly ConcurrentDictionary<PackageName, Shared<IndexDocument?>> _documents = new();
    private readonly Shared<FeedState> _state = new();
    private readonly Shared<FeedBundle?> _bundle = new();

    /// <summary>What the routes call it.</summary>
    public string Registry => registry;

    /// <summary>The folder or URL.</summary>
    public string Address => files.Address;

    /// <summary>Whether reading needs no network.</summary>
    public bool IsLocal => !files.IsRemote;

    /// <summary>Current refs and snapshot; the first call reads them.</summary>
    public Task<FeedState> StateAsync(CancellationToken cancellation) => _state.GetAsync(ReadStateAsync, cancellation);

    /// <summary>The index document of a package; null when the feed does not have it.</summary>
    public Task<IndexDocument?> FindAsync(PackageName name, CancellationToken cancellation) =>
        _documents.GetOrAdd(name, static _ => new()).GetAsync(stop => ReadDocumentAsync(name, stop), cancellation);

    /// <summary>Every name of the feed, for search. Not kept: who asks makes an index of it, which is smaller.</summary>
    /// <returns>Read line by line while it is walked through; FeedMalformed may be thrown then.</returns>
    public async Task<IEnumerable<NameEntry>> NamesAsync(CancellationToken cancellation)
    {
        var state = await StateAsync(cancellation).ConfigureAwait(false);
        return state.Snapshot.Names is { } names
            ? NamesList.Read(await UnpackedAsync(state, names, FeedLimits.NamesBytesMax, "its list of names", cancellation).ConfigureAwait(false), files.Address)
            : [];
    }

    /// <summary>
    /// The advisories the feed publishes, with the hash that names them: OSV records, one JSON line each. Null when it
    /// publishes none.
    /// </summary>
    public async Task<(ContentHash Hash, ReadOnlyMemory<byte> Lines)?> AdvisoriesAsync(CancellationToken cancellation)
    {
        var state = await StateAsync(cancellation).ConfigureAwait(false);
        if (state.Snapshot.Advisories is not { } described)
        {
            return null;
        }

        var packed = await ObjectAsync(
            state.Description, described.Hash, described.Size, FeedLimits.AdvisoriesBytesMax, "its advisories", cancellation).ConfigureAwait(false);
        return (described.Hash, FeedPack.Unpack(packed, described, FeedLimits.AdvisoriesBytesMax, $"the advisories of {files.Address}"));
    }

    /// <summary>The archive with this hash as a stream; its bytes are for the caller to check.</summary>
    /// <param name="size">As the index says; negative when not known.</param>
    public async Task<Stream> OpenArchiveAsync(PackageId package, ContentHash hash, long size, CancellationToken cancellation)
    {
        if (reading == FeedReading.Offline && files.IsRemote)
        {
            throw Offline($"{package}");
        }

        var state = await StateAsync(cancellation).ConfigureAwait(false);
        var path = FeedLayout.Object(state.Description.ObjectsBase, hash);
        return await files.OpenAsync(path, size, state.Description.ArchiveBytesMax, cancellation).ConfigureAwait(false) ?? throw new Problem(
            ProblemCode.ReleaseNotFound, $"registry `{registry}` lists {package} but does not have its archive",
            "run the command again; if it stays, tell whoever runs the registry").Raise();
    }

    private async Task<FeedState> ReadStateAsync(CancellationToken cancellation)
    {
        var previous = _refs.Previous();
        var (description, timestamp) = await _refs.ReadAsync(trust, cancellation).ConfigureAwait(false);
        var bytes = await ObjectAsync(description, timestamp.Snapshot, timestamp.SnapshotSize, FeedLimits.SnapshotBytesMax, "its snapshot", cancellation).ConfigureAwait(false);
        var snapshot = FeedSnapshot.Read(bytes.Span, files.Address);
        if (snapshot.Serial != timestamp.Serial)
        {
            throw new Problem(
                ProblemCode.HashMismatch, $"the snapshot of {files.Address} is of another time than the timestamp", "run the command again; if it stays, tell whoever runs the registry").Raise();
        }

        var state = new FeedState(description, timestamp, snapshot);
        await CompareBundlesAsync(previous, state, cancellation).ConfigureAwait(false);
        if (files.IsRemote)
        {
            _refs.Keep();
        }

        return state;
    }

    /// <summary>A feed with a bundle is compared as a whole when it changed; one without, document by document.</summary>
    private async Task CompareBundlesAsync(FeedTimestamp? previous, FeedState state, CancellationToken cancellation)
    {
        if (!files.IsRemote || previous is null || previous.Snapshot == state.Timestamp.Snapshot || state.Snapshot.Bundle is null
            || cache.Find(previous.Snapshot) is not { } oldBytes
            || FeedSnapshot.Read(oldBytes, files.Address).Bundle is not { } oldBundle
            || oldBundle.Hash == state.Snapshot.Bundle.Hash
            || cache.FindUnpacked(oldBundle.Hash, oldBundle.Unpacked) is not { } oldDocuments)
        {
            return;
        }

        var before = FeedBundle.Read(oldDocuments, files.Address);
        var after = await _bundle.GetAsync(stop => ReadBundleAsync(state, stop), cancellation).ConfigureAwait(false);
        foreach (var entry in after!.Entries)
        {
            var name = PackageName.Parse(entry.Id);
            if (before.Find(name) is { } old && old.Hash != entry.Hash)
            {
                IndexComparison.RequireUnchanged(
                    IndexDocument.Read(before.Document(old), name, vocabulary), IndexDocument.Read(after.Document(entry), name, vocabulary));
            }
        }

        cache.DropUnpacked(oldBundle.Hash);
    }

    private async Task<IndexDocument?> ReadDocumentAsync(PackageName name, CancellationToken cancellation)
    {
        var state = await StateAsync(cancellation).ConfigureAwait(false);
        var bundle = state.Snapshot.Bundle is null
            ? null
            : await _bundle.GetAsync(stop => ReadBundleAsync(state, stop), cancellation).ConfigureAwait(false);
        if (bundle is not null)
        {
            return bundle.Find(name) is { } there ? IndexDocument.Read(bundle.Document(there), name, vocabulary) : null;
        }

        if (state.Snapshot.Bins[FeedLayout.BinOf(name, state.Snapshot.Bins.Length)] is not { } hash)
        {
            return null;
        }

        var bin = await _bins.GetOrAdd(FeedLayout.BinOf(name, state.Snapshot.Bins.Length), static _ => new())
            .GetAsync(stop => ReadBinAsync(state, hash, stop), cancellation).ConfigureAwait(false);
        return bin.Find(name) is { } entry ? await ReadDocumentAsync(state, name, entry, cancellation).ConfigureAwait(false) : null;
    }

    private async Task<FeedBin> ReadBinAsync(FeedState state, ContentHash hash, CancellationToken cancellation) =>
        FeedBin.Read(
            (await ObjectAsync(state.Description, hash, -1, FeedLimits.BinBytesMax, "a list of names", cancellation).ConfigureAwait(false)).Span, files.Address);

    private async Task<IndexDocument> ReadDocumentAsync(FeedState state, PackageName name, FeedBinEntry entry, CancellationToken cancellation)
    {
        var bytes = await ObjectAsync(
            state.Description, entry.Hash, entry.Size, FeedLimits.IndexBytesMax, $"the version list of `{name}`", cancellation).ConfigureAwait(false);
        var document = IndexDocument.Read(bytes, name, vocabulary);
        if (files.IsRemote)
        {
            CompareWithSeen(name, entry.Hash, document);
        }

        return document;
    }

    private void CompareWithSeen(PackageName name, ContentHash hash, IndexDocument document)
    {
        var pointer = SeenPrefix + FeedCache.KeyOf(name.Normal);
        var seen = cache.FindRef(_key, pointer) is { } text && ContentHash.TryParse(System.Text.Encoding.ASCII.GetString(text), out var parsed) ? parsed : null;
        if (seen == hash)
        {
            return;
        }

        if (seen is not null && cache.Find(seen) is { } before)
        {
            IndexComparison.RequireUnchanged(IndexDocument.Read(before, name, vocabulary), document);
        }

        cache.KeepRef(_key, pointer, System.Text.Encoding.ASCII.GetBytes(hash.ToString()));
    }

    private async Task<FeedBundle?> ReadBundleAsync(FeedState state, CancellationToken cancellation) =>
        FeedBundle.Read(
            await UnpackedAsync(state, state.Snapshot.Bundle!, FeedLimits.BundleBytesMax, "its bundle", cancellation).ConfigureAwait(false), files.Address);

    private async Task<ReadOnlyMemory<byte>> UnpackedAsync(FeedState state, FeedObject described, int bytesMax, string what, CancellationToken cancellation)
    {
        if (cache.FindUnpacked(described.Hash, described.Unpacked) is { } ready)
        {
            return ready;
        }

        var packed = await ObjectAsync(state.Description, described.Hash, described.Size, bytesMax, what, cancellation).ConfigureAwait(false);
        var unpacked = FeedPack.Unpack(packed, described, bytesMax, $"{what} of {files.Address}");
        cache.KeepUnpacked(described.Hash, unpacked);
        return unpacked;
    }

    /// <summary>An object from the cache or the feed, its bytes verified.</summary>
    private async Task<ReadOnlyMemory<byte>> ObjectAsync(
        FeedDescription description, ContentHash hash, long size, int bytesMax, string what, CancellationToken cancellation)
    {
        if (size > bytesMax)
        {
            throw new Problem(ProblemCode.SizeMismatch, $"{what} of {files.Address} is larger than {bytesMax} bytes", "tell whoever runs the registry").Raise();
        }

        if (files.IsRemote && cache.Find(hash) is { } kept)
        {
            return kept;
        }

        if (reading == FeedReading.Offline && files.IsRemote)
        {
            throw Offline(what);
        }

        var fetched = await files.ReadAsync(
            FeedLayout.Object(description.ObjectsBase, hash), size >= 0 ? (int)size : bytesMax, null, cancellation).ConfigureAwait(false);
        if (fetched is not FetchedFile.Found found)
        {
            throw new Problem(
                ProblemCode.FeedMalformed, $"{files.Address} names {what} but does not have it", "run the command again; if it stays, tell whoever runs the registry").Raise();
        }

        if (ContentHash.Of(found.Bytes.Span) != hash)
        {
            throw new Problem(
                ProblemCode.HashMismatch, $"{what} of {files.Address} is not what the registry promised", "run the command again; if it stays, tell whoever runs the registry").Raise();
        }

        if (files.IsRemote)
        {
            cache.Keep(hash, found.Bytes.Span);
        }

        return found.Bytes;
    }

    private ProblemException Offline(string what) => new Problem(
        ProblemCode.OfflineMissing, $"{what} of registry `{registry}` is not on this computer", "run the command once without --offline").Raise();
}
