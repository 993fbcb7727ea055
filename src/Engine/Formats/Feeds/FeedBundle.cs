using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// Every index document of a small feed in one object, so that a cold client asks once. A first line
/// `cairn bundle v1 COUNT`, COUNT lines `id sha256 size rev` as in a bin, then the documents one after the other.
/// </summary>
public sealed class FeedBundle
{
    private const string Title = "cairn bundle v1 ";

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<string, (FeedBinEntry Entry, int Start)> _documents;

    private FeedBundle(ReadOnlyMemory<byte> bytes, Dictionary<string, (FeedBinEntry Entry, int Start)> documents) =>
        (_bytes, _documents) = (bytes, documents);

    public IEnumerable<FeedBinEntry> Entries => _documents.Values.Select(document => document.Entry);

    public FeedBinEntry? Find(PackageName name) => _documents.TryGetValue(name.Normal, out var document) ? document.Entry : null;

    /// <summary>The bytes of a document that <see cref="Find"/> found.</summary>
    public ReadOnlyMemory<byte> Document(FeedBinEntry entry)
    {
        var (found, start) = _documents[entry.Id];
        return _bytes.Slice(start, (int)found.Size);
    }

    /// <param name="bytes">Unpacked; kept.</param>
    public static FeedBundle Read(ReadOnlyMemory<byte> bytes, string address)
    {
        try
        {
            return Parse(bytes);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new Problem(
                ProblemCode.FeedMalformed, $"the bundle of {address} is damaged", "run the command again; if it stays, tell whoever runs the registry").Raise(e);
        }
    }

    public static byte[] Write(IReadOnlyCollection<(FeedBinEntry Entry, ReadOnlyMemory<byte> Document)> documents)
    {
        var text = new ArrayBufferWriter<byte>();
        text.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Title}{documents.Count}\n")));
        var sorted = documents.OrderBy(document => document.Entry.Id, StringComparer.Ordinal).ToArray();
        text.Write(FeedBin.Of(sorted.Select(document => document.Entry)).Write());
        foreach (var (_, document) in sorted)
        {
            text.Write(document.Span);
        }

        return text.WrittenSpan.ToArray();
    }

    private static FeedBundle Parse(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        var first = Line(bytes.Span, ref at);
        if (!first.StartsWith(Title, StringComparison.Ordinal))
        {
            throw new FormatException("no title");
        }

        var count = int.Parse(first.AsSpan(Title.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        var entries = new List<FeedBinEntry>(Math.Min(count, bytes.Length / 64));
        for (var i = 0; i < count; i++)
        {
            var parts = Line(bytes.Span, ref at).Split(' ');
            if (parts.Length < 4)
            {
                throw new FormatException("a line of the table is malformed");
            }

            entries.Add(new(
                parts[0], ContentHash.TryParse(ContentHash.Prefix + parts[1], out var hash) ? hash : throw new FormatException("a hash is malformed"),
                long.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture), long.Parse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture)));
        }

        var documents = new Dictionary<string, (FeedBinEntry, int)>(count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            documents.Add(entry.Id, (entry, at));
            at = checked(at + (int)entry.Size);
        }

        return at == bytes.Length ? new(bytes, documents) : throw new FormatException("the documents do not add up");
    }

    private static string Line(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = bytes[at..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new FormatException("a line has no end");
        }

        var line = Encoding.ASCII.GetString(bytes.Slice(at, length));
        at += length + 1;
        return line;
    }
}
