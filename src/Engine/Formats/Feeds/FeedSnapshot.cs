using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>How the bytes of an object are packed.</summary>
public enum FeedPacking
{
    None,
    Gzip,
}

/// <summary>A reference from a snapshot to an object.</summary>
/// <param name="Size">Bytes as served.</param>
/// <param name="Unpacked">Bytes after unpacking; the same as <paramref name="Size"/> when not packed.</param>
public sealed record FeedObject(ContentHash Hash, long Size, FeedPacking Packing, long Unpacked);

/// <summary>The state of a whole feed by hash: the bins with every name, and some objects for all of it.</summary>
/// <param name="Bins">Hash of each bin; null for an empty one. 1, 16, 256 or 4,096 of them.</param>
public sealed record FeedSnapshot(long Serial, ImmutableArray<ContentHash?> Bins)
{
    /// <summary>Every name with its newest version, for search.</summary>
    public FeedObject? Names { get; init; }

    /// <summary>Every index document in one object, in a feed small enough for it.</summary>
    public FeedObject? Bundle { get; init; }

    /// <summary>What the feed knows of flaws in packages: OSV records, one JSON line each. Null when it publishes none.</summary>
    public FeedObject? Advisories { get; init; }

    public static FeedSnapshot Read(ReadOnlySpan<byte> json, string address) =>
        FeedJson.Read(json, ProblemCode.FeedMalformed, $"the snapshot of {address}", ReadMembers);

    /// <summary>The bytes of the object.</summary>
    public byte[] Write() => FeedJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("serial", Serial);
        json.WriteNumber("bins", Bins.Length);
        json.WriteStartArray("bin");
        foreach (var bin in Bins)
        {
            json.WriteStringValue(bin?.ToString());
        }

        json.WriteEndArray();
        json.WriteStartObject("objects");
        WriteObject(json, "advisories", Advisories);
        WriteObject(json, "bundle", Bundle);
        WriteObject(json, "names", Names);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static FeedSnapshot ReadMembers(ref Utf8JsonReader reader)
    {
        var (serial, count) = (-1L, -1L);
        var bins = ImmutableArray<ContentHash?>.Empty;
        var objects = default((FeedObject? Names, FeedObject? Bundle, FeedObject? Advisories));
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("serial"u8))
            {
                serial = reader.NextLong();
            }
            else if (reader.ValueTextEquals("bins"u8))
            {
                count = reader.NextLong();
            }
            else if (reader.ValueTextEquals("bin"u8))
            {
                bins = ReadBins(ref reader);
            }
            else if (reader.ValueTextEquals("objects"u8))
            {
                objects = ReadObjects(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return serial >= 0 && count == bins.Length && FeedLayout.BinDigits(bins.Length) >= 0
            ? new(serial, bins) { Names = objects.Names, Bundle = objects.Bundle, Advisories = objects.Advisories }
            : throw new JsonException("`serial`, `bins` or `bin` is missing or wrong");
    }

    private static ImmutableArray<ContentHash?> ReadBins(ref Utf8JsonReader reader)
    {
        var bins = ImmutableArray.CreateBuilder<ContentHash?>();
        if (!reader.NextContainer(JsonTokenType.StartArray))
        {
            return [];
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bins.Add(reader.TokenType == JsonTokenType.Null ? null : Hash(reader.GetString()));
        }

        return bins.ToImmutable();
    }

    private static (FeedObject? Names, FeedObject? Bundle, FeedObject? Advisories) ReadObjects(ref Utf8JsonReader reader)
    {
        FeedObject? names = null;
        FeedObject? bundle = null;
        FeedObject? advisories = null;
        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return default;
        }

        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("names"u8))
            {
                names = ReadObject(ref reader);
            }
            else if (reader.ValueTextEquals("bundle"u8))
            {
                bundle = ReadObject(ref reader);
            }
            else if (reader.ValueTextEquals("advisories"u8))
            {
                advisories = ReadObject(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return (names, bundle, advisories);
    }

    private static FeedObject? ReadObject(ref Utf8JsonReader reader)
    {
        string? hash = null;
        string? type = null;
        var (size, unpacked) = (-1L, -1L);
        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return null;
        }

        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("hash"u8))
            {
                hash = reader.NextString();
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                type = reader.NextOptionalString();
            }
            else if (reader.ValueTextEquals("size"u8))
            {
                size = reader.NextLong();
            }
            else if (reader.ValueTextEquals("unpacked"u8))
            {
                unpacked = reader.NextLong();
            }
            else
            {
                reader.SkipValue();
            }
        }

        // An object packed in a way this program does not know is as good as none.
        return type is null or "gzip" && size >= 0
            ? new(Hash(hash), size, type is null ? FeedPacking.None : FeedPacking.Gzip, unpacked >= 0 ? unpacked : size)
            : null;
    }

    private static void WriteObject(Utf8JsonWriter json, string name, FeedObject? value)
    {
        if (value is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("hash", value.Hash.ToString());
        json.WriteNumber("size", value.Size);
        if (value.Packing == FeedPacking.Gzip)
        {
            json.WriteString("type", "gzip");
            json.WriteNumber("unpacked", value.Unpacked);
        }

        json.WriteEndObject();
    }

    private static ContentHash Hash(string? text) =>
        ContentHash.TryParse(text, out var hash) ? hash : throw new JsonException("a hash is malformed");
}
