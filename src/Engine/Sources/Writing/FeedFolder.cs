using Registry.Engine.Store;
using System.Text;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;

namespace Registry.Engine.Sources.Writing;

/// <summary>The files of a feed in a folder, read for a change. All that is named by hash is checked against it.</summary>
internal sealed class FeedFolder
{
    private readonly string _root;
    private readonly Durability _durability;

    public FeedFolder(string root, Durability durability)
    {
        (_root, _durability) = (root, durability);
        Description = FeedDescription.Read(Require(FeedLayout.Description), root);
        Timestamp = FeedTimestamp.Read(Require(FeedLayout.Timestamp), root);
        Snapshot = FeedSnapshot.Read(Object(Timestamp.Snapshot), root);
    }

    public string Root => _root;

    public FeedDescription Description { get; }

    public FeedTimestamp Timestamp { get; }

    public FeedSnapshot Snapshot { get; }

    public static bool IsFeed(string root) =>
        File.Exists(Path.Combine(root, FeedLayout.Description)) || File.Exists(Path.Combine(root, FeedLayout.Timestamp));

    public FeedBin Bin(int bin) => Snapshot.Bins[bin] is { } hash ? FeedBin.Read(Object(hash), _root) : FeedBin.Empty;

    public byte[] Object(ContentHash hash)
    {
        var bytes = Require(FeedLayout.Object(hash));
        return ContentHash.Of(bytes) == hash ? bytes : throw new Problem(
            ProblemCode.HashMismatch, $"`{FeedLayout.Object(hash)}` of {_root} is damaged", "`cairn feed check` lists all that is").Raise();
    }

    public byte[] Unpacked(FeedObject described, int bytesMax) =>
        FeedPack.Unpack(Object(described.Hash), described, bytesMax, $"`{FeedLayout.Object(described.Hash)}` of {_root}");

    /// <summary>Journal lines of a segment, at most so many: a killed writer may have left more than count.</summary>
    public List<ReadOnlyMemory<byte>> Segment(long segment, int entries)
    {
        var lines = new List<ReadOnlyMemory<byte>>(entries);
        if (entries == 0)
        {
            return lines;
        }

        ReadOnlyMemory<byte> text = Require(FeedLayout.JournalSegment(segment));
        while (lines.Count < entries && text.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            lines.Add(text[..end]);
            text = text[(end + 1)..];
        }

        return lines.Count == entries ? lines : throw new Problem(
            ProblemCode.FeedMalformed, $"`{FeedLayout.JournalSegment(segment)}` of {_root} is shorter than it should be", "`cairn feed check` lists all that is wrong").Raise();
    }

    /// <summary>Roots of the full segments.</summary>
    public List<ContentHash> SegmentRoots(long count) => count == 0
        ? []
        : [.. Encoding.ASCII.GetString(Require(FeedLayout.JournalRoots)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take((int)count).Select(ContentHash.Parse)];

    public byte[]? Read(string path)
    {
        try
        {
            var full = Path.Combine(_root, path);
            return File.Exists(full) ? File.ReadAllBytes(full) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{path}` of {_root} cannot be read: {Printable.Of(e.Message)}", "check its permissions").Raise(e);
        }
    }

    public void Apply(FeedStep step) => Write(_root, step, _durability);

    public static void Write(string root, FeedStep step, Durability durability)
    {
        var full = Path.Combine(root, step.Path);
        try
        {
            // Objects never change: one that is there and as long is the same.
            if (step.Path.StartsWith(FeedLayout.ObjectsFolder, StringComparison.Ordinal) && new FileInfo(full) is { Exists: true } there && there.Length == step.Bytes.Length)
            {
                return;
            }

            AtomicFile.Write(full, step.Bytes.Span, durability);
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) is 28 or 0x70 or 0x27)
        {
            throw new Problem(ProblemCode.DiskFull, $"the disk of {root} is full", "make room and run the command again; the feed is as it was").Raise(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{step.Path}` of {root} cannot be written: {Printable.Of(e.Message)}", "check that you may write there; the feed is as it was").Raise(e);
        }
    }

    private byte[] Require(string path) => Read(path) ?? throw (IsFeed(_root)
        ? new Problem(ProblemCode.FeedMalformed, $"`{path}` of {_root} is missing", "`cairn feed check` lists all that is wrong")
        : new Problem(ProblemCode.FeedNotFound, $"{_root} is not a feed", $"make it one: `cairn feed init {_root}`")).Raise();
}
