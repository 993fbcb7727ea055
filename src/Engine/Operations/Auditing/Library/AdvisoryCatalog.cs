using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>The list of what the library holds, `library.json`. Written last, so what it names is there.</summary>
internal static class AdvisoryCatalog
{
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>A library of another format is read as empty by nobody: it is a problem, since "no advisories" would be a lie.</summary>
    private const int Format = 1;

    private const int SourcesMax = 1_000;

    public static ImmutableArray<AdvisorySource> Read(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            return FeedJson.Read(json, ProblemCode.AdvisoriesCorrupt, $"`{file}`", ReadMembers);
        }
        catch (ProblemException e)
        {
            throw (e.Problem with { Hint = "remove the folder it is in, then fetch the advisories again: `cairn advisories update`" }).Raise(e);
        }
    }

    public static byte[] Write(IEnumerable<AdvisorySource> sources) => FeedJson.WriteIndented(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteStartArray("sources");
        foreach (var source in sources.OrderBy(source => source.Kind).ThenBy(source => source.Name, StringComparer.Ordinal))
        {
            WriteSource(json, source);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSource(Utf8JsonWriter json, AdvisorySource source)
    {
        json.WriteStartObject();
        json.WriteString("kind", source.Kind == AdvisorySourceKind.Feed ? "feed" : "import");
        json.WriteString("name", source.Name);
        json.WriteString("place", source.Place);
        json.WriteString("content", source.Content.ToString());
        json.WriteNumber("records", source.Records);
        if (source.Newest is { } newest)
        {
            json.WriteString("newest", FeedJson.Time(newest));
        }

        json.WriteString("updated", FeedJson.Time(source.Updated));
        json.WriteStartArray("ecosystems");
        foreach (var ecosystem in source.Ecosystems)
        {
            json.WriteStringValue(ecosystem);
        }

        json.WriteEndArray();
        json.WriteNumber("skipped", source.Skipped);
        json.WriteStartArray("skips");
        foreach (var skip in source.Skips)
        {
            json.WriteStartObject();
            json.WriteString("place", skip.Place);
            json.WriteString("why", skip.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ImmutableArray<AdvisorySource> ReadMembers(ref Utf8JsonReader reader)
    {
        var format = 0L;
        var sources = ImmutableArray.CreateBuilder<AdvisorySource>();
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("format"u8))
            {
                format = reader.NextLong();
            }
            else if (reader.ValueTextEquals("sources"u8) && reader.NextContainer(JsonTokenType.StartArray))
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    sources.Add(sources.Count < SourcesMax ? ReadSource(ref reader) : throw new JsonException("too many sources"));
                }
            }
            else
            {
                reader.SkipValue();
            }
        }

        return format == Format ? sources.ToImmutable() : throw new JsonException($"its format is {format}, and this program knows {Format}");
    }

    private static AdvisorySource ReadSource(ref Utf8JsonReader reader)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        ImmutableArray<SkippedAdvisory> skips = [];
        ImmutableArray<string> ecosystems = [];
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("ecosystems"u8))
            {
                ecosystems = [.. reader.NextStrings(1_000)];
                continue;
            }

            var member = reader.GetString()!;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    texts[member] = reader.GetString()!;
                    break;
                case JsonTokenType.Number:
                    numbers[member] = reader.GetInt64();
                    break;
                case JsonTokenType.StartArray when member == "skips":
                    skips = ReadSkips(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return Source(texts, numbers) with { Ecosystems = ecosystems, Skips = skips };
    }

    private static AdvisorySource Source(Dictionary<string, string> texts, Dictionary<string, long> numbers) => new(
        texts.GetValueOrDefault("kind") == "feed" ? AdvisorySourceKind.Feed : AdvisorySourceKind.Import,
        texts.GetValueOrDefault("name") ?? throw new JsonException("a source has no name"),
        texts.GetValueOrDefault("place") ?? "",
        ContentHash.TryParse(texts.GetValueOrDefault("content"), out var content) ? content : throw new JsonException("a source has no content"))
    {
        Records = checked((int)numbers.GetValueOrDefault("records")),
        Newest = texts.TryGetValue("newest", out var newest) ? FeedJson.ParseTime(newest) : null,
        Updated = FeedJson.ParseTime(texts.GetValueOrDefault("updated") ?? ""),
        Skipped = checked((int)numbers.GetValueOrDefault("skipped")),
    };

    private static ImmutableArray<SkippedAdvisory> ReadSkips(ref Utf8JsonReader reader)
    {
        var skips = ImmutableArray.CreateBuilder<SkippedAdvisory>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (place, why) = ("", "");
            reader.EnterObject();
            while (reader.NextMember())
            {
                if (reader.ValueTextEquals("place"u8))
                {
                    place = reader.NextString();
                }
                else if (reader.ValueTextEquals("why"u8))
                {
                    why = reader.NextString();
                }
                else
                {
                    reader.SkipValue();
                }
            }

            if (skips.Count < OsvTally.SkipsMax)
            {
                skips.Add(new(place, why));
            }
        }

        return skips.ToImmutable();
    }
}
