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

    /// <summary>The advisories of the feed, all of them anew.</summary>
    Advisories,

    /// <summary>One that this program does not know; newer programs write more.</summary>
    Other,
}

/// <summary>One change of a feed, one line of its journal.</summary>
/// <param name="Number">Counts from 1; the serial the feed has after it.</param>
/// <param name="Name">Null where the change is not to a package.</param>
/// <param name="Version">Null where the change is to the whole package.</param>
/// <param name="Index">The index document after the change; null where none changed.</param>
public sealed record JournalEntry(
    long Number, DateTimeOffset At, JournalOperation Operation, PackageName? Name, SemanticVersion? Version, ContentHash? Index, ContentHash? Archive)
{
    /// <summary>An object of the whole feed that the change made; null where it made an index document.</summary>
    public ContentHash? Made { get; init; }

    public static JournalEntry Read(ReadOnlySpan<byte> line, string address) =>
        FeedJson.Read(line, ProblemCode.FeedMalformed, $"the journal of {address}", ReadMembers);

    /// <summary>The line without its end.</summary>
    public byte[] Write() => FeedJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("n", Number);
        json.WriteString("at", FeedJson.Time(At));
        json.WriteString("op", Operation.ToString().ToLowerInvariant());
        if (Name is not null)
        {
            json.WriteString("id", Name.Value);
        }

        if (Version is not null)
        {
            json.WriteString("version", Version.ToString());
        }

        if (Index is not null)
        {
            json.WriteString("index", Index.ToString());
        }

        if (Made is not null)
        {
            json.WriteString("object", Made.ToString());
        }

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

        var operation = ParseOperation(texts.GetValueOrDefault("op"));
        var name = PackageName.TryParse(texts.GetValueOrDefault("id"), out var id) ? id : null;
        var index = Hash(texts, "index");
        return operation is JournalOperation.Advisories or JournalOperation.Other || (name is not null && index is not null)
            ? new(
                number, FeedJson.ParseTime(texts.GetValueOrDefault("at") ?? ""), operation, name,
                SemanticVersion.TryParse(texts.GetValueOrDefault("version"), out var version) ? version : null, index, Hash(texts, "archive"))
            {
                Made = Hash(texts, "object"),
            }
            : throw new JsonException("`id` or `index` is missing");
    }

    private static ContentHash? Hash(Dictionary<string, string?> texts, string member) =>
        ContentHash.TryParse(texts.GetValueOrDefault(member), out var hash) ? hash : null;

    private static JournalOperation ParseOperation(string? word) => word switch
    {
        "publish" => JournalOperation.Publish,
        "yank" => JournalOperation.Yank,
        "unyank" => JournalOperation.Unyank,
        "import" => JournalOperation.Import,
        "advisories" => JournalOperation.Advisories,
        _ => JournalOperation.Other,
    };
}
