using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

public enum JournalOperation
{
    Publish,
    Yank,
    Unyank,

    /// <summary>A whole index document at once.</summary>
    Import,

    /// <summary>One that this program does not know; newer programs write more.</summary>
    Other,
}

/// <summary>One change of a feed, one line of its journal.</summary>
/// <param name="Number">Counts from 1; the serial the feed has after it.</param>
/// <param name="Version">Null where the change is to the whole package.</param>
/// <param name="Index">The index document after the change.</param>
public sealed record JournalEntry(
    long Number, DateTimeOffset At, JournalOperation Operation, PackageName Name, SemanticVersion? Version, ContentHash Index, ContentHash? Archive)
{
    public static JournalEntry Read(ReadOnlySpan<byte> line, string address) =>
        FeedJson.Read(line, ProblemCode.FeedMalformed, $"the journal of {address}", ReadMembers);

    /// <summary>The line without its end.</summary>
    public byte[] Write() => FeedJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("n", Number);
        json.WriteString("at", FeedJson.Time(At));
        json.WriteString("op", Operation.ToString().ToLowerInvariant());
        json.WriteString("id", Name.Value);
        if (Version is not null)
        {
            json.WriteString("version", Version.ToString());
        }

        json.WriteString("index", Index.ToString());
        if (Archive is not null)
        {
            json.WriteString("archive", Archive.ToString());
        }

        json.WriteString("by", "folder");
        json.WriteEndObject();
    });

    private static JournalEntry ReadMembers(ref Utf8JsonReader reader)
    {
        var number = -1L;
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("n"u8))
            {
                number = reader.NextLong();
                continue;
            }

            var member = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                texts[member] = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return PackageName.TryParse(texts.GetValueOrDefault("id"), out var name) && ContentHash.TryParse(texts.GetValueOrDefault("index"), out var index)
            ? new(
                number, FeedJson.ParseTime(texts.GetValueOrDefault("at") ?? ""), ParseOperation(texts.GetValueOrDefault("op")), name,
                SemanticVersion.TryParse(texts.GetValueOrDefault("version"), out var version) ? version : null, index,
                ContentHash.TryParse(texts.GetValueOrDefault("archive"), out var archive) ? archive : null)
            : throw new JsonException("`id` or `index` is missing");
    }

    private static JournalOperation ParseOperation(string? word) => word switch
    {
        "publish" => JournalOperation.Publish,
        "yank" => JournalOperation.Yank,
        "unyank" => JournalOperation.Unyank,
        "import" => JournalOperation.Import,
        _ => JournalOperation.Other,
    };
}
