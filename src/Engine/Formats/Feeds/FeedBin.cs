using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>A line of a bin: where the index document of a name is.</summary>
/// <param name="Id">The normal form of the name.</param>
/// <param name="Size">Bytes of the document.</param>
/// <param name="Revision">How often the document has changed.</param>
public sealed record FeedBinEntry(string Id, ContentHash Hash, long Size, long Revision);

/// <summary>Part of the names of a feed: lines `id sha256 size rev`, sorted by id.</summary>
public sealed class FeedBin
{
    private readonly Dictionary<string, FeedBinEntry> _entries;

    private FeedBin(ImmutableArray<FeedBinEntry> entries) =>
        (Entries, _entries) = (entries, entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal));

    public static FeedBin Empty { get; } = new([]);

    /// <summary>In ordinal order of the id.</summary>
    public ImmutableArray<FeedBinEntry> Entries { get; }

    public FeedBinEntry? Find(PackageName name) => _entries.GetValueOrDefault(name.Normal);

    public static FeedBin Of(IEnumerable<FeedBinEntry> entries) => new([.. entries.OrderBy(entry => entry.Id, StringComparer.Ordinal)]);

    /// <summary>With one entry added or replaced.</summary>
    public FeedBin With(FeedBinEntry entry) => Of(Entries.Where(other => other.Id != entry.Id).Append(entry));

    public static FeedBin Read(ReadOnlySpan<byte> text, string address)
    {
        var entries = ImmutableArray.CreateBuilder<FeedBinEntry>();
        foreach (var range in text.Split((byte)'\n'))
        {
            if (text[range].IsEmpty)
            {
                continue;
            }

            var entry = ReadLine(Encoding.UTF8.GetString(text[range]), address);
            if (entries.Count > 0 && string.CompareOrdinal(entries[^1].Id, entry.Id) >= 0)
            {
                throw Damaged(address);
            }

            entries.Add(entry);
        }

        return new(entries.ToImmutable());
    }

    public byte[] Write()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Id} {entry.Hash.Hex} {entry.Size} {entry.Revision}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static FeedBinEntry ReadLine(string line, string address)
    {
        var parts = line.Split(' ');
        return parts.Length >= 4
            && PackageName.TryParse(parts[0], out var name) && name.Normal == parts[0]
            && ContentHash.TryParse(ContentHash.Prefix + parts[1], out var hash)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new(parts[0], hash, size, revision)
            : throw Damaged(address);
    }

    private static ProblemException Damaged(string address) => new Problem(
        ProblemCode.FeedMalformed, $"a list of names of {address} is damaged",
        "run the command again; if it stays, tell whoever runs the registry").Raise();
}
