using Registry.Engine.Store;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Sources.Writing;

/// <summary>
/// Reads a whole feed folder and holds it to its own word: every object against its hash, every archive against its
/// index line, the lists against the documents, the journal against its root.
/// </summary>
public sealed class FeedCheck
{
    private const int FaultsMax = 1_000;

    private readonly string _root;
    private readonly List<FeedFault> _faults = [];
    private readonly Dictionary<string, long> _named = new(StringComparer.Ordinal);
    private readonly IndexVocabulary _vocabulary = new();
    private readonly List<NameEntry> _names = [];
    private readonly Dictionary<string, (FeedBinEntry Entry, byte[] Bytes)> _documents = new(StringComparer.Ordinal);
    private int _versions;

    private FeedCheck(string root) => _root = root;

    /// <exception cref="ProblemException">FeedNotFound where there is no feed; faults of a feed are in the report.</exception>
    public static FeedCheckReport Run(string root, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        FeedFolder.IsFeed(root)
            ? new FeedCheck(root).Run(progress, cancellation)
            : throw new Problem(ProblemCode.FeedNotFound, $"{root} is not a feed", $"make it one: `cairn feed init {root}`").Raise();

    private FeedCheckReport Run(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        FeedFolder? feed = null;
        Guard(FeedLayout.Timestamp, () => feed = new(_root, Durability.Fast));
        if (feed is not null)
        {
            Name(feed.Timestamp.Snapshot, feed.Timestamp.SnapshotSize);
            CheckSnapshot(feed, progress, cancellation);
            Guard(FeedLayout.JournalFolder, () => CheckJournal(feed));
            CheckCopies(cancellation);
        }

        var (orphans, orphanBytes) = FindOrphans(cancellation);
        return new(
            feed?.Timestamp.Serial ?? -1, _documents.Count, _versions, _named.Count, _named.Values.Sum(), orphans, orphanBytes, [.. _faults.Take(FaultsMax)]);
    }

    private void CheckSnapshot(FeedFolder feed, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        if (feed.Snapshot.Serial != feed.Timestamp.Serial || feed.Description.Id != feed.Timestamp.FeedId)
        {
            Fault(FeedLayout.Timestamp, "contradicts the snapshot or `registry.json`");
        }

        for (var bin = 0; bin < feed.Snapshot.Bins.Length; bin++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (feed.Snapshot.Bins[bin] is { } hash)
            {
                var number = bin;
                Guard(FeedLayout.Object(hash), () => CheckBin(feed, hash, number, cancellation));
            }

            progress.Report(new ProgressEvent.StepAdvanced("check", bin + 1, feed.Snapshot.Bins.Length));
        }

        CheckNames(feed);
        CheckBundle(feed);
        if (feed.Snapshot.Advisories is { } advisories)
        {
            Guard(FeedLayout.Object(advisories.Hash), () =>
            {
                Name(advisories.Hash, advisories.Size);
                feed.Unpacked(advisories, FeedLimits.AdvisoriesBytesMax);
            });
        }
    }

    private void CheckBin(FeedFolder feed, ContentHash hash, int number, CancellationToken cancellation)
    {
        var bytes = feed.Object(hash);
        Name(hash, bytes.Length);
        foreach (var entry in FeedBin.Read(bytes, _root).Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            Guard(FeedLayout.Object(entry.Hash), () => CheckDocument(feed, entry, number, cancellation));
        }
    }

    private void CheckDocument(FeedFolder feed, FeedBinEntry entry, int bin, CancellationToken cancellation)
    {
        var bytes = feed.Object(entry.Hash);
        Name(entry.Hash, bytes.Length);
        var name = PackageName.Parse(entry.Id);
        var document = IndexDocument.Read(bytes, name, _vocabulary);
        if (bytes.Length != entry.Size || document.Revision != entry.Revision || FeedLayout.BinOf(name, feed.Snapshot.Bins.Length) != bin)
        {
            Fault(FeedLayout.Object(entry.Hash), $"the list of names says something else of `{document.Name}`, or lists it in the wrong bin");
        }

        _documents[entry.Id] = (entry, bytes);
        _names.Add(NameEntry.Of(document.Index));
        foreach (var release in document.Index.Releases)
        {
            _versions++;
            CheckRelease(feed, release, cancellation);
        }
    }

    private void CheckRelease(FeedFolder feed, Release release, CancellationToken cancellation)
    {
        if (release.Archive is { } archive && release.Status != ReleaseStatus.Revoked)
        {
            Guard(FeedLayout.Object(archive.Hash), () =>
            {
                var bytes = feed.Object(archive.Hash);
                Name(archive.Hash, bytes.Length);
                var tree = ArchiveReader.List(bytes, ArchiveRules.Install, cancellation).Tree;
                if (bytes.Length != archive.Size || (archive.Tree is { } expected && expected != tree))
                {
                    Fault(FeedLayout.Object(archive.Hash), $"the index says something else of {release.Id}");
                }
            });
        }

        if (release.Manifest is { } manifest)
        {
            Guard(FeedLayout.Object(manifest), () => Name(manifest, feed.Object(manifest).Length));
        }
    }

    private void CheckNames(FeedFolder feed)
    {
        if (feed.Snapshot.Names is { } names)
        {
            Guard(FeedLayout.Object(names.Hash), () =>
            {
                Name(names.Hash, names.Size);
                var listed = NamesList.Read(feed.Unpacked(names, FeedLimits.NamesBytesMax), _root);
                if (!listed.SequenceEqual(_names.OrderBy(entry => entry.Name)))
                {
                    Fault(FeedLayout.Object(names.Hash), "the list for searches differs from the documents");
                }
            });
        }
        else if (_names.Count > 0)
        {
            Fault(FeedLayout.Timestamp, "there is no list for searches");
        }
    }

    private void CheckBundle(FeedFolder feed)
    {
        if (feed.Snapshot.Bundle is not { } described)
        {
            return;
        }

        Guard(FeedLayout.Object(described.Hash), () =>
        {
            Name(described.Hash, described.Size);
            var bundle = FeedBundle.Read(feed.Unpacked(described, FeedLimits.BundleBytesMax), _root);
            var isSame = bundle.Entries.Count() == _documents.Count && bundle.Entries.All(entry =>
                _documents.TryGetValue(entry.Id, out var document) && document.Entry == entry && bundle.Document(entry).Span.SequenceEqual(document.Bytes));
            if (!isSame)
            {
                Fault(FeedLayout.Object(described.Hash), "the bundle differs from the documents");
            }
        });
    }

    private void CheckJournal(FeedFolder feed)
    {
        var (segments, partial) = Math.DivRem(feed.Timestamp.Serial, MerkleTree.SegmentEntries);
        var roots = new List<ContentHash>();
        var number = 0L;
        var known = new Dictionary<PackageName, ContentHash>();
        ContentHash? advisories = null;
        for (var segment = 0L; segment <= segments; segment++)
        {
            var lines = feed.Segment(segment, segment < segments ? MerkleTree.SegmentEntries : (int)partial);
            foreach (var line in lines)
            {
                var entry = JournalEntry.Read(line.Span, _root);
                if (entry is { Name: { } name, Index: { } index })
                {
                    known[name] = index;
                }

                advisories = entry.Operation == JournalOperation.Advisories ? entry.Made : advisories;
                if (entry.Number != ++number)
                {
                    Fault(FeedLayout.JournalSegment(segment), $"entry {number} has the number {entry.Number}");
                }
            }

            if (lines.Count > 0)
            {
                roots.Add(MerkleTree.Root([.. lines.Select(line => MerkleTree.Leaf(line.Span))]));
            }
        }

        if (MerkleTree.Root(roots) != feed.Timestamp.JournalRoot)
        {
            Fault(FeedLayout.JournalFolder, "the entries do not add up to the root in the timestamp");
        }

        if (!feed.SegmentRoots(segments).SequenceEqual(roots.Take((int)segments)))
        {
            Fault(FeedLayout.JournalRoots, "differs from the segments");
        }

        if (advisories != feed.Snapshot.Advisories?.Hash)
        {
            Fault(FeedLayout.JournalFolder, "says something else of the advisories than the snapshot");
        }

        CheckHistory(known);
    }

    /// <summary>The last thing the journal says of a package must be what the feed has of it.</summary>
    private void CheckHistory(Dictionary<PackageName, ContentHash> known)
    {
        foreach (var (name, hash) in known)
        {
            if (!_documents.TryGetValue(name.Normal, out var document) || document.Entry.Hash != hash)
            {
                Fault(FeedLayout.JournalFolder, $"says something else of `{name}` than the index");
            }
        }

        foreach (var id in _documents.Keys.Where(id => !known.ContainsKey(PackageName.Parse(id))))
        {
            Fault(FeedLayout.JournalFolder, $"says nothing of `{id}`, which the index has");
        }
    }

    private void CheckCopies(CancellationToken cancellation)
    {
        var folder = Path.Combine(_root, FeedLayout.IndexFolder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Relative(file);
            var id = path[(FeedLayout.IndexFolder.Length + 1)..].Replace(".jsonl", "", StringComparison.Ordinal);
            var isCurrent = _documents.TryGetValue(id, out var document) && document.Bytes.AsSpan().SequenceEqual(File.ReadAllBytes(file));
            if (!isCurrent)
            {
                _faults.Add(new(FeedFaultKind.Leftover, path, "is not a copy of what the feed has"));
            }
        }
    }

    private (int Count, long Bytes) FindOrphans(CancellationToken cancellation)
    {
        var folder = Path.Combine(_root, FeedLayout.ObjectsFolder);
        var (count, bytes) = (0, 0L);
        foreach (var file in Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            cancellation.ThrowIfCancellationRequested();
            if (!ContentHash.TryParse(ContentHash.Prefix + file.Name, out _))
            {
                _faults.Add(new(FeedFaultKind.Leftover, Relative(file.FullName), "is no object"));
            }
            else if (!_named.ContainsKey(file.Name))
            {
                (count, bytes) = (count + 1, bytes + file.Length);
            }
        }

        return (count, bytes);
    }

    private void Name(ContentHash hash, long size) => _named[hash.Hex] = size;

    private void Fault(string path, string what) => _faults.Add(new(FeedFaultKind.Damage, path, what));

    private void Guard(string path, Action check)
    {
        try
        {
            check();
        }
        catch (ProblemException e)
        {
            Fault(path, e.Problem.Message);
        }
    }

    private string Relative(string file) => Path.GetRelativePath(_root, file).Replace('\\', '/');
}
