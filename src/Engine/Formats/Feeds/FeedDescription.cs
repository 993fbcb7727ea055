using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>Whether the refs of a feed carry signatures.</summary>
public enum FeedTrustMode
{
    Unsigned,
    Signed,
}

/// <summary>`registry.json`: what a feed is and can do. Hints only; what matters for trust stands in the refs.</summary>
/// <param name="Id">What the feed calls itself (`packages.example.org/main`); the timestamp repeats it.</param>
/// <param name="Name">For people.</param>
public sealed record FeedDescription(string Id, string Name)
{
    /// <summary>The newest `format` this program reads and the one it writes.</summary>
    public const int Format = 1;

    private const int IdLengthMax = 200;

    /// <summary>Plain words; a client tests membership.</summary>
    public ImmutableArray<string> Serves { get; init; } = ["read", "search"];

    /// <summary>Where objects are: a template over `{algo}`, `{ab}`, `{hash}`, relative to the feed or a whole URL.</summary>
    public string ObjectsBase { get; init; } = FeedLayout.DefaultObjectsBase;

    /// <summary>
    /// What advisories from elsewhere call the ecosystem its packages belong to (`crates.io`); null when they know none.
    /// </summary>
    public string? Ecosystem { get; init; }

    public FeedTrustMode Trust { get; init; } = FeedTrustMode.Unsigned;

    /// <summary>Fingerprints of the keys of a signed feed.</summary>
    public ImmutableArray<string> KeyIds { get; init; } = [];

    /// <summary>Bytes of an archive, at most.</summary>
    public long ArchiveBytesMax { get; init; } = FeedLimits.ArchiveBytesMax;

    public ImmutableArray<string> Mirrors { get; init; } = [];

    /// <param name="address">For messages.</param>
    public static FeedDescription Read(ReadOnlySpan<byte> json, string address)
    {
        var what = $"`{FeedLayout.Description}` of {address}";
        if (json.TrimStart(" \t\r\n"u8).StartsWith("<"u8))
        {
            throw new Problem(
                ProblemCode.FeedMalformed,
                $"{address} answered with a web page instead of a registry",
                "a sign-in page of the network may stand in between: open the address in a browser, or correct it with `cairn registry add`").Raise();
        }

        return FeedJson.Read(json, ProblemCode.FeedMalformed, what, (ref reader) => ReadMembers(ref reader, address));
    }

    /// <summary>The bytes a writer puts into `registry.json`.</summary>
    public byte[] Write() => [.. FeedJson.WriteIndented(WriteMembers), (byte)'\n'];

    public static bool IsId(string text) =>
        text.Length is > 0 and <= IdLengthMax
        && text.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-_:") < 0;

    private static FeedDescription ReadMembers(ref Utf8JsonReader reader, string address)
    {
        var read = new FeedDescription("", "");
        var format = 0L;
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("format"u8))
            {
                format = reader.NextLong();
            }
            else
            {
                read = ReadMember(ref reader, read);
            }
        }

        RequireFormat(format, address);
        return IsId(read.Id) ? read : throw new JsonException("`id` is missing or malformed");
    }

    private static FeedDescription ReadMember(ref Utf8JsonReader reader, FeedDescription read)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            return read with { Id = reader.NextString() };
        }

        if (reader.ValueTextEquals("name"u8))
        {
            return read with { Name = Printable.Clip(reader.NextString(), 100) };
        }

        if (reader.ValueTextEquals("ecosystem"u8))
        {
            return read with { Ecosystem = EcosystemName.Parse(reader.NextOptionalString()) };
        }

        if (reader.ValueTextEquals("serves"u8))
        {
            return read with { Serves = [.. reader.NextStrings(100)] };
        }

        if (reader.ValueTextEquals("mirrors"u8))
        {
            return read with { Mirrors = [.. reader.NextStrings(100)] };
        }

        return ReadTable(ref reader, read);
    }

    private static FeedDescription ReadTable(ref Utf8JsonReader reader, FeedDescription read)
    {
        var isObjects = reader.ValueTextEquals("objects"u8);
        var isTrust = reader.ValueTextEquals("trust"u8);
        var isLimits = reader.ValueTextEquals("limits"u8);
        if (!isObjects && !isTrust && !isLimits)
        {
            reader.SkipValue();
            return read;
        }

        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return read;
        }

        while (reader.NextMember())
        {
            if (isObjects && reader.ValueTextEquals("base"u8))
            {
                read = read with { ObjectsBase = Template(reader.NextString()) };
            }
            else if (isTrust && reader.ValueTextEquals("mode"u8))
            {
                read = read with { Trust = reader.NextString() == "unsigned" ? FeedTrustMode.Unsigned : FeedTrustMode.Signed };
            }
            else if (isTrust && reader.ValueTextEquals("keyids"u8))
            {
                read = read with { KeyIds = [.. reader.NextStrings(100)] };
            }
            else if (isLimits && reader.ValueTextEquals("archive"u8))
            {
                read = read with { ArchiveBytesMax = Math.Clamp(reader.NextLong(), 1, int.MaxValue) };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return read;
    }

    private static string Template(string template) =>
        template.Contains("{hash}", StringComparison.Ordinal) && !template.Contains("..", StringComparison.Ordinal) && !template.Contains('\\', StringComparison.Ordinal)
            ? template
            : throw new JsonException("`objects.base` must name {hash} and stay inside");

    private static void RequireFormat(long format, string address)
    {
        if (format is < 1)
        {
            throw new JsonException("`format` is missing");
        }

        if (format > Format)
        {
            throw new Problem(
                ProblemCode.FeedTooNew, $"{address} is a registry of format {format}, newer than this program knows",
                "update cairn").Raise();
        }
    }

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteString("id", Id);
        json.WriteString("name", Name);
        WriteStrings(json, "serves", Serves);
        if (Ecosystem is not null)
        {
            json.WriteString("ecosystem", Ecosystem);
        }

        json.WriteStartObject("objects");
        json.WriteString("base", ObjectsBase);
        json.WriteEndObject();
        json.WriteStartObject("trust");
        json.WriteString("mode", Trust == FeedTrustMode.Signed ? "signed" : "unsigned");
        if (!KeyIds.IsEmpty)
        {
            WriteStrings(json, "keyids", KeyIds);
        }

        json.WriteEndObject();
        json.WriteStartObject("names");
        json.WriteString("namespaced", "optional");
        json.WriteEndObject();
        json.WriteString("versions", "semver2");
        json.WriteStartObject("limits");
        json.WriteNumber("archive", ArchiveBytesMax);
        json.WriteEndObject();
        if (!Mirrors.IsEmpty)
        {
            WriteStrings(json, "mirrors", Mirrors);
        }

        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
