using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;

namespace Registry.Engine.Sources.Writing;

/// <summary>
/// A change of a feed in the making. Reads what it touches only: a bin for a name, one journal segment, the list of
/// names and, in a small feed, the bundle. <see cref="Finish"/> gives the files to write; the feed itself stays as it is.
/// </summary>
/// <param name="early">Objects are given to it as they come instead of being kept until the end, for changes larger than memory; else null.</param>
internal sealed class FeedEdit(FeedFolder feed, DateTimeOffset now, Action<FeedStep>? early = null)
{
    private readonly IndexVocabulary _vocabulary = new();
    private readonly Dictionary<string, FeedStep> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FeedBin> _bins = [];
    private readonly SortedDictionary<PackageName, Touched> _documents = [];
    private readonly List<(JournalOperation Operation, PackageName? Name, SemanticVersion? Version, ContentHash? Archive)> _entries = [];
    private FeedObject? _advisories = feed.Snapshot.Advisories;

    private long _documentBytes;

    /// <param name="Bytes">Null when they have been written already and there are too many to keep.</param>
    private sealed record Touched(byte[]? Bytes, FeedBinEntry Entry, NameEntry Listed);

    private bool IsLarge => early is not null && _documentBytes > FeedLimits.BundleBytesWorthwhile;

    /// <summary>Whether anything is going to change.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The document of a package as this change has it so far; null when the feed has no such package.</summary>
    public IndexDocument? Find(PackageName name)
    {
        if (_documents.TryGetValue(name, out var touched))
        {
            return IndexDocument.Read(touched.Bytes ?? feed.Object(touched.Entry.Hash), name, _vocabulary);
        }

        return Bin(name).Find(name) is { } entry ? IndexDocument.Read(feed.Object(entry.Hash), name, _vocabulary) : null;
    }

    public void Put(ReadOnlyMemory<byte> bytes)
    {
        var path = FeedLayout.Object(ContentHash.Of(bytes.Span));
        if (early is not null)
        {
            early(new(path, bytes));
        }
        else
        {
            _objects[path] = new(path, bytes);
        }
    }

    /// <summary>Gives a package another document, with the journal entry that says why.</summary>
    public void Set(PackageName name, IndexText text, JournalOperation operation, SemanticVersion? version, ContentHash? archive)
    {
        var bytes = text.Write();
        if (_documents.Remove(name, out var replaced))
        {
            _objects.Remove(FeedLayout.Object(replaced.Entry.Hash));
        }

        Put(bytes);
        _documentBytes += bytes.Length;
        var listed = NameEntry.Of(IndexDocument.Read(bytes, name, _vocabulary).Index);
        _documents[name] = new(IsLarge ? null : bytes, new(name.Normal, ContentHash.Of(bytes), bytes.Length, text.Revision), listed);
        _entries.Add((operation, name, version, archive));
    }

    /// <summary>Gives the feed other advisories. Nothing happens when they are the same.</summary>
    /// <param name="lines">OSV records, one JSON line each, sorted by id.</param>
    public void SetAdvisories(byte[] lines)
    {
        var before = feed.Snapshot.Advisories;
        if (before is null || !feed.Unpacked(before, FeedLimits.AdvisoriesBytesMax).AsSpan().SequenceEqual(lines))
        {
            _advisories = Packed(lines);
            _entries.Add((JournalOperation.Advisories, null, null, null));
        }
    }

    /// <summary>The files to write, in order.</summary>
    public IReadOnlyList<FeedStep> Finish(IndexCopies copies)
    {
        var names = FinishNames(out var entries);
        var snapshot = new FeedSnapshot(feed.Timestamp.Serial + _entries.Count, FinishBins(entries.Length))
        {
            Names = names,
            Bundle = FinishBundle(),
            Advisories = _advisories,
        };
        var snapshotBytes = snapshot.Write();
        Put(snapshotBytes);
        var (journal, root) = FinishJournal();
        var timestamp = feed.Timestamp with
        {
            Serial = snapshot.Serial,
            Created = now,
            Snapshot = ContentHash.Of(snapshotBytes),
            SnapshotSize = snapshotBytes.Length,
            JournalRoot = root,
        };
        return
        [
            .. _objects.Values.OrderBy(step => step.Path, StringComparer.Ordinal), .. journal, new(FeedLayout.Timestamp, timestamp.Write()),
            .. copies == IndexCopies.Write ? _documents.Select(Copy) : [],
        ];
    }

    private FeedStep Copy(KeyValuePair<PackageName, Touched> document) =>
        new(FeedLayout.IndexCopy(document.Key), document.Value.Bytes ?? feed.Object(document.Value.Entry.Hash));

    private FeedBin Bin(PackageName name)
    {
        var bin = FeedLayout.BinOf(name, feed.Snapshot.Bins.Length);
        return _bins.TryGetValue(bin, out var read) ? read : _bins[bin] = feed.Bin(bin);
    }

    private FeedObject? FinishNames(out ImmutableArray<NameEntry> entries)
    {
        var old = feed.Snapshot.Names;
        var listed = old is null
            ? []
            : NamesList.Read(feed.Unpacked(old, FeedLimits.NamesBytesMax), feed.Root).ToDictionary(entry => entry.Name);
        var isChanged = false;
        foreach (var (name, touched) in _documents)
        {
            isChanged |= !listed.TryGetValue(name, out var before) || !before.Equals(touched.Listed);
            listed[name] = touched.Listed;
        }

        entries = [.. listed.Values];
        return isChanged ? Packed(NamesList.Write(entries)) : old;
    }

    private ImmutableArray<ContentHash?> FinishBins(int names)
    {
        var count = Math.Max(FeedLayout.BinsFor(names), feed.Snapshot.Bins.Length);
        return count == feed.Snapshot.Bins.Length ? ChangedBins() : NewBins(count);
    }

    private ImmutableArray<ContentHash?> ChangedBins()
    {
        var bins = feed.Snapshot.Bins.ToBuilder();
        foreach (var group in _documents.GroupBy(document => FeedLayout.BinOf(document.Key, bins.Count)))
        {
            var changed = group.Select(document => document.Value.Entry).ToDictionary(entry => entry.Id);
            bins[group.Key] = PutBin(Bin(group.First().Key).Entries.Where(entry => !changed.ContainsKey(entry.Id)).Concat(changed.Values));
        }

        return bins.MoveToImmutable();
    }

    /// <summary>The feed has outgrown its bins: all names are spread again.</summary>
    private ImmutableArray<ContentHash?> NewBins(int count)
    {
        var entries = Enumerable.Range(0, feed.Snapshot.Bins.Length).SelectMany(bin => feed.Bin(bin).Entries).ToDictionary(entry => entry.Id);
        foreach (var (_, touched) in _documents)
        {
            entries[touched.Entry.Id] = touched.Entry;
        }

        var bins = new ContentHash?[count];
        foreach (var group in entries.Values.GroupBy(entry => FeedLayout.BinOf(PackageName.Parse(entry.Id), count)))
        {
            bins[group.Key] = PutBin(group);
        }

        return [.. bins];
    }

    private ContentHash PutBin(IEnumerable<FeedBinEntry> entries)
    {
        var bytes = FeedBin.Of(entries).Write();
        Put(bytes);
        return ContentHash.Of(bytes);
    }

    /// <summary>A feed that has outgrown its bundle never gets one again, so that a change need not read every document.</summary>
    private FeedObject? FinishBundle()
    {
        if (IsLarge || (feed.Snapshot.Bundle is null && feed.Timestamp.Serial > 0))
        {
            return null;
        }

        var documents = feed.Snapshot.Bundle is { } old ? Documents(FeedBundle.Read(feed.Unpacked(old, FeedLimits.BundleBytesMax), feed.Root)) : [];
        foreach (var (name, touched) in _documents)
        {
            documents[name.Normal] = (touched.Entry, touched.Bytes!);
        }

        return documents.Values.Sum(document => (long)document.Document.Length) <= FeedLimits.BundleBytesWorthwhile
            ? Packed(FeedBundle.Write(documents.Values))
            : null;
    }

    private static Dictionary<string, (FeedBinEntry Entry, ReadOnlyMemory<byte> Document)> Documents(FeedBundle bundle) =>
        bundle.Entries.ToDictionary(entry => entry.Id, entry => (entry, bundle.Document(entry)), StringComparer.Ordinal);

    private FeedObject Packed(byte[] content)
    {
        var packed = FeedPack.Pack(content);
        Put(packed);
        return new(ContentHash.Of(packed), packed.Length, FeedPacking.Gzip, content.Length);
    }

    private (List<FeedStep> Steps, ContentHash Root) FinishJournal()
    {
        var (segment, partial) = Math.DivRem(feed.Timestamp.Serial, MerkleTree.SegmentEntries);
        var roots = feed.SegmentRoots(segment);
        var lines = feed.Segment(segment, (int)partial);
        var fullBefore = roots.Count;
        var steps = new List<FeedStep>();
        foreach (var line in NewLines())
        {
            lines.Add(line);
            if (lines.Count == MerkleTree.SegmentEntries)
            {
                steps.Add(new(FeedLayout.JournalSegment(segment++), Text(lines)));
                roots.Add(SegmentRoot(lines));
                lines = [];
            }
        }

        if (lines.Count > 0)
        {
            steps.Add(new(FeedLayout.JournalSegment(segment), Text(lines)));
        }

        if (roots.Count > fullBefore)
        {
            steps.Add(new(FeedLayout.JournalRoots, Encoding.ASCII.GetBytes(string.Concat(roots.Select(root => $"{root}\n")))));
        }

        return (steps, MerkleTree.Root(lines.Count > 0 ? [.. roots, SegmentRoot(lines)] : roots));
    }

    private IEnumerable<byte[]> NewLines()
    {
        var number = feed.Timestamp.Serial;
        foreach (var (operation, name, version, archive) in _entries)
        {
            var index = name is null ? null : _documents[name].Entry.Hash;
            yield return new JournalEntry(++number, now, operation, name, version, index, archive) { Made = name is null ? _advisories?.Hash : null }.Write();
        }
    }

    private static ContentHash SegmentRoot(List<ReadOnlyMemory<byte>> lines) => MerkleTree.Root([.. lines.Select(line => MerkleTree.Leaf(line.Span))]);

    private static byte[] Text(List<ReadOnlyMemory<byte>> lines)
    {
        using var text = new MemoryStream();
        foreach (var line in lines)
        {
            text.Write(line.Span);
            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }
}

/// <summary>Whether `index/NAME.jsonl` copies are kept for people with a browser or curl.</summary>
public enum IndexCopies
{
    Write,
    Skip,
}
