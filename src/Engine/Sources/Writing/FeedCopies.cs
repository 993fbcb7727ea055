using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;

namespace Registry.Engine.Sources.Writing;

/// <summary>The `index/NAME.jsonl` copies of a feed.</summary>
internal sealed class FeedCopies(FeedFolder feed)
{
    /// <summary>Writes the copies of all packages that changed after a serial.</summary>
    public void Refresh(long since)
    {
        foreach (var name in ChangedSince(since))
        {
            if (feed.Bin(FeedLayout.BinOf(name, feed.Snapshot.Bins.Length)).Find(name) is { } entry)
            {
                feed.Apply(new(FeedLayout.IndexCopy(name), feed.Object(entry.Hash)));
            }
        }
    }

    private HashSet<PackageName> ChangedSince(long since)
    {
        var names = new HashSet<PackageName>();
        for (var segment = since / MerkleTree.SegmentEntries; segment * MerkleTree.SegmentEntries < feed.Timestamp.Serial; segment++)
        {
            var entries = (int)Math.Min(MerkleTree.SegmentEntries, feed.Timestamp.Serial - (segment * MerkleTree.SegmentEntries));
            foreach (var line in feed.Segment(segment, entries))
            {
                var entry = JournalEntry.Read(line.Span, feed.Root);
                if (entry.Number > since && entry.Name is { } name)
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}
