using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Problems;

namespace Registry.Engine.Security;

/// <summary>
/// Advisories by package, over the bytes of a file that an <see cref="AdvisoryIndexBuilder"/> made: nothing is decoded
/// before it is asked for. Bytes that are no such file, or another version of it, are <see cref="ProblemCode.AdvisoriesCorrupt"/>.
/// Safe for several threads.
/// </summary>
public sealed class AdvisoryIndex
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string _place;
    private readonly int _names;
    private readonly int _headersAt;
    private readonly int _bodyAt;

    private AdvisoryIndex(ReadOnlyMemory<byte> bytes, string place)
    {
        (_bytes, _place) = (bytes, place);
        _names = Int32(AdvisoryIndexLayout.NamesAt);
        Count = Int32(AdvisoryIndexLayout.HeadersAt);
        EntriesSkipped = Int32(AdvisoryIndexLayout.SkippedAt);
        _headersAt = AdvisoryIndexLayout.HeadLength + (_names * AdvisoryIndexLayout.NameLength);
        _bodyAt = _headersAt + (Count * AdvisoryIndexLayout.HeaderLength);
        NewestModified = new(BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[AdvisoryIndexLayout.NewestAt..]), TimeSpan.Zero);
    }

    /// <summary>Advisories, withdrawn ones too.</summary>
    public int Count { get; }

    /// <summary>Entries that no version can be matched against: they name no package, or only commits.</summary>
    public int EntriesSkipped { get; }

    /// <summary>When the advisory that changed last did; the first moment there is when there are none.</summary>
    public DateTimeOffset NewestModified { get; }

    /// <summary>All advisories, by id in ordinal order.</summary>
    public IEnumerable<AdvisoryHeader> Headers
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                yield return Guard(i, static (index, number) => index.HeaderAt(number));
            }
        }
    }

    /// <param name="bytes">Kept, not copied: they must not change.</param>
    /// <param name="place">The name of the file, for messages.</param>
    public static AdvisoryIndex Read(ReadOnlyMemory<byte> bytes, string place)
    {
        if (!IsWhole(bytes.Span))
        {
            throw Corrupt(place, null);
        }

        return new(bytes, place);
    }

    /// <summary>What is known of a package, withdrawn advisories too.</summary>
    /// <param name="ecosystem">As OSV names it: `crates.io`.</param>
    public ImmutableArray<IndexedAdvisory> Of(string ecosystem, string package) =>
        Guard(AdvisoryKey.Of(ecosystem, package), static (index, key) => index.EntriesOf(key));

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < AdvisoryIndexLayout.HeadLength || !bytes.StartsWith(AdvisoryIndexLayout.Magic)
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[AdvisoryIndexLayout.VersionAt..]) != AdvisoryIndexLayout.Version)
        {
            return false;
        }

        var names = BinaryPrimitives.ReadInt32LittleEndian(bytes[AdvisoryIndexLayout.NamesAt..]);
        var headers = BinaryPrimitives.ReadInt32LittleEndian(bytes[AdvisoryIndexLayout.HeadersAt..]);
        var newest = BinaryPrimitives.ReadInt64LittleEndian(bytes[AdvisoryIndexLayout.NewestAt..]);
        var tables = AdvisoryIndexLayout.HeadLength + ((long)names * AdvisoryIndexLayout.NameLength) + ((long)headers * AdvisoryIndexLayout.HeaderLength);
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[AdvisoryIndexLayout.CheckedFrom..], checksum);
        return names >= 0 && headers >= 0 && tables <= bytes.Length
            && newest >= 0 && newest <= DateTimeOffset.MaxValue.UtcTicks
            && checksum.SequenceEqual(bytes.Slice(AdvisoryIndexLayout.ChecksumAt, SHA256.HashSizeInBytes));
    }

    private ImmutableArray<IndexedAdvisory> EntriesOf(string key)
    {
        var hash = AdvisoryKey.Hash(key);
        for (var i = FirstWith(hash); i < _names && HashAt(i) == hash; i++)
        {
            var cursor = At(Int32(AdvisoryIndexLayout.HeadLength + (i * AdvisoryIndexLayout.NameLength) + 4));
            if (cursor.Text() == key)
            {
                return ReadList(ref cursor);
            }
        }

        return [];
    }

    private ImmutableArray<IndexedAdvisory> ReadList(ref AdvisoryIndexCursor cursor)
    {
        var entries = ImmutableArray.CreateBuilder<IndexedAdvisory>(cursor.Count());
        for (var left = entries.Capacity; left > 0; left--)
        {
            entries.Add(EntryAt(cursor.Number(int.MaxValue)));
        }

        return entries.MoveToImmutable();
    }

    private IndexedAdvisory EntryAt(int place)
    {
        var cursor = At(place);
        var header = HeaderAt(cursor.Number(int.MaxValue));
        var category = (AdvisoryCategory)cursor.Number((int)AdvisoryCategory.Notice);
        var rating = ReadRating(ref cursor);
        var isComplete = cursor.Number(1) == 1;
        var set = ReadSet(ref cursor);
        var repaired = ImmutableArray.CreateBuilder<SemanticVersion>(cursor.Count());
        for (var left = repaired.Capacity; left > 0; left--)
        {
            repaired.Add(cursor.Version());
        }

        return new(header, category, rating, new(set, isComplete, repaired.MoveToImmutable()));
    }

    private AdvisoryHeader HeaderAt(int number)
    {
        var cursor = At(number < Count ? Int32(_headersAt + (number * AdvisoryIndexLayout.HeaderLength)) : throw AdvisoryIndexCursor.Damaged());
        var id = cursor.Text();
        var aliases = ImmutableArray.CreateBuilder<string>(cursor.Count());
        for (var left = aliases.Capacity; left > 0; left--)
        {
            aliases.Add(cursor.Text());
        }

        return new(
            id, aliases.MoveToImmutable(), cursor.Text(), cursor.Time() ?? DateTimeOffset.MinValue, cursor.Time(), cursor.Time(),
            new(cursor.Number(), cursor.Number(int.MaxValue)));
    }

    private static SeverityRating ReadRating(ref AdvisoryIndexCursor cursor)
    {
        var severity = (Severity)cursor.Number((int)Severity.Critical);
        var score = cursor.Number(101);
        var scheme = (SeverityScheme)cursor.Number((int)SeverityScheme.CvssV4);
        var vector = cursor.Text();
        var note = cursor.Text();
        return new(severity, score == 0 ? null : (score - 1) / 10.0, vector.Length == 0 ? null : new(scheme, vector), note.Length == 0 ? null : note);
    }

    private static VersionSet ReadSet(ref AdvisoryIndexCursor cursor)
    {
        var intervals = ImmutableArray.CreateBuilder<VersionInterval>(cursor.Count());
        for (var left = intervals.Capacity; left > 0; left--)
        {
            intervals.Add(ReadInterval(ref cursor));
        }

        return VersionSet.OfAny(intervals.MoveToImmutable());
    }

    private static VersionInterval ReadInterval(ref AdvisoryIndexCursor cursor)
    {
        var flags = cursor.Number(AdvisoryIndexLayout.One);
        if (flags == AdvisoryIndexLayout.One)
        {
            var only = new VersionBound(cursor.Version(), true);
            return new(only, only);
        }

        var lower = (flags & AdvisoryIndexLayout.HasLower) == 0 ? VersionBound.None : new(cursor.Version(), (flags & AdvisoryIndexLayout.WithLower) != 0);
        var upper = (flags & AdvisoryIndexLayout.HasUpper) == 0 ? VersionBound.None : new(cursor.Version(), (flags & AdvisoryIndexLayout.WithUpper) != 0);
        return new(lower, upper);
    }

    private int FirstWith(uint hash)
    {
        var (low, high) = (0, _names);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = HashAt(middle) < hash ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private uint HashAt(int name) => (uint)Int32(AdvisoryIndexLayout.HeadLength + (name * AdvisoryIndexLayout.NameLength));

    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[at..]);

    private AdvisoryIndexCursor At(int place) =>
        place >= 0 && place <= _bytes.Length - _bodyAt ? new(_bytes.Span[_bodyAt..], place) : throw AdvisoryIndexCursor.Damaged();

    private T Guard<TArgument, T>(TArgument argument, Func<AdvisoryIndex, TArgument, T> read)
    {
        try
        {
            return read(this, argument);
        }
        catch (InvalidDataException e)
        {
            throw Corrupt(_place, e);
        }
    }

    private static ProblemException Corrupt(string place, Exception? cause) => new Problem(
        ProblemCode.AdvisoriesCorrupt, $"the index of advisories `{Printable.Clip(place, 200)}` is damaged or of another version",
        "make it again with `cairn advisories update`").Raise(cause);
}
