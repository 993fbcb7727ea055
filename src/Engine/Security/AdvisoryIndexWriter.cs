using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>
/// Lays out the binary form (docs/AUDIT.md): a fixed head, a table of names sorted by hash, a table of advisories, and
/// the bytes both point into. Everything after the head's checksum is covered by it.
/// </summary>
internal sealed class AdvisoryIndexWriter
{
    private readonly ArrayBufferWriter<byte> _body = new(1 << 20);
    private readonly List<int> _headers = [];
    private readonly Dictionary<string, List<int>> _entries = new(StringComparer.Ordinal);
    private DateTimeOffset _newest = DateTimeOffset.MinValue;

    /// <summary>Entries that cannot be matched: no package named, or only ranges of commits.</summary>
    public int EntriesSkipped { get; set; }

    /// <returns>The number to give to its entries.</returns>
    public int AddHeader(AdvisoryHeader header)
    {
        _headers.Add(_body.WrittenCount);
        _newest = header.Modified > _newest ? header.Modified : _newest;
        Text(header.Id);
        Number(header.Aliases.Length);
        foreach (var alias in header.Aliases)
        {
            Text(alias);
        }

        Text(header.Title);
        Time(header.Modified);
        Time(header.Published);
        Time(header.Withdrawn);
        Number(header.Record.Offset);
        Number(header.Record.Length);
        return _headers.Count - 1;
    }

    public void AddEntry(string key, int header, AdvisoryCategory category, SeverityRating rating, AffectedVersions versions)
    {
        if (!_entries.TryGetValue(key, out var places))
        {
            _entries[key] = places = [];
        }

        places.Add(_body.WrittenCount);
        Number(header);
        Number((int)category);
        Rating(rating);
        Number(versions.IsComplete ? 1 : 0);
        Set(versions.Set);
        Number(versions.Fixed.Length);
        foreach (var version in versions.Fixed)
        {
            Version(version);
        }
    }

    public byte[] ToBytes()
    {
        var names = _entries.OrderBy(pair => AdvisoryKey.Hash(pair.Key)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var lists = names.ConvertAll(pair => AddList(pair.Key, pair.Value));
        var tables = AdvisoryIndexLayout.HeadLength + (names.Count * AdvisoryIndexLayout.NameLength) + (_headers.Count * AdvisoryIndexLayout.HeaderLength);
        var bytes = new byte[tables + _body.WrittenCount];
        var at = AdvisoryIndexLayout.HeadLength;
        for (var i = 0; i < names.Count; i++, at += AdvisoryIndexLayout.NameLength)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), AdvisoryKey.Hash(names[i].Key));
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 4), lists[i]);
        }

        for (var i = 0; i < _headers.Count; i++, at += AdvisoryIndexLayout.HeaderLength)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), _headers[i]);
        }

        _body.WrittenSpan.CopyTo(bytes.AsSpan(at));
        WriteHead(bytes, names.Count);
        return bytes;
    }

    private void WriteHead(Span<byte> bytes, int names)
    {
        AdvisoryIndexLayout.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[AdvisoryIndexLayout.VersionAt..], AdvisoryIndexLayout.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[AdvisoryIndexLayout.NamesAt..], names);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[AdvisoryIndexLayout.HeadersAt..], _headers.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[AdvisoryIndexLayout.SkippedAt..], EntriesSkipped);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[AdvisoryIndexLayout.NewestAt..], _newest.UtcTicks);
        SHA256.HashData(bytes[AdvisoryIndexLayout.CheckedFrom..], bytes.Slice(AdvisoryIndexLayout.ChecksumAt, SHA256.HashSizeInBytes));
    }

    private int AddList(string key, List<int> places)
    {
        var place = _body.WrittenCount;
        Text(key);
        Number(places.Count);
        foreach (var entry in places)
        {
            Number(entry);
        }

        return place;
    }

    private void Rating(SeverityRating rating)
    {
        Number((int)rating.Severity);
        Number(rating.Score is { } score ? (int)Math.Round(score * 10) + 1 : 0);
        Number((int)(rating.Vector?.Scheme ?? SeverityScheme.Other));
        Text(rating.Vector?.Vector ?? "");
        Text(rating.Note ?? "");
    }

    private void Set(VersionSet set)
    {
        Number(set.Intervals.Length);
        foreach (var interval in set.Intervals)
        {
            var isOne = interval.Lower == interval.Upper && interval.Lower.Version is not null;
            Number(isOne ? AdvisoryIndexLayout.One : Flags(interval));
            Bound(interval.Lower);
            if (!isOne)
            {
                Bound(interval.Upper);
            }
        }
    }

    private static int Flags(VersionInterval interval) =>
        (interval.Lower.Version is null ? 0 : AdvisoryIndexLayout.HasLower) | (interval.Lower.IsInclusive ? AdvisoryIndexLayout.WithLower : 0)
        | (interval.Upper.Version is null ? 0 : AdvisoryIndexLayout.HasUpper) | (interval.Upper.IsInclusive ? AdvisoryIndexLayout.WithUpper : 0);

    private void Bound(VersionBound bound)
    {
        if (bound.Version is { } version)
        {
            Version(version);
        }
    }

    /// <summary>Three numbers after an empty text, or the text of a version with labels.</summary>
    private void Version(SemanticVersion version)
    {
        if (version.ToString() is var text && text.AsSpan().IndexOfAny('-', '+') >= 0)
        {
            Text(text);
            return;
        }

        Number(0);
        Number(version.Major);
        Number(version.Minor);
        Number(version.Patch);
    }

    private void Time(DateTimeOffset? time) => Number(time is { } moment ? moment.UtcTicks + 1 : 0);

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, _body.GetSpan(Math.Max(1, length)));
        _body.Advance(length);
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    private void Number(long number)
    {
        var span = _body.GetSpan(10);
        var length = 0;
        for (var rest = (ulong)number; ; rest >>= 7)
        {
            span[length++] = (byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
            if (rest < 0x80)
            {
                break;
            }
        }

        _body.Advance(length);
    }
}
