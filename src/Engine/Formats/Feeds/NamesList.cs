using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>A package as a search shows it.</summary>
/// <param name="Latest">The newest version that may be chosen; null when none may.</param>
/// <param name="Description">Of that version; empty when it has none.</param>
public sealed record NameEntry(PackageName Name, SemanticVersion? Latest, string Description, ImmutableArray<string> Keywords)
{
    /// <summary>What the list says of a package with this index.</summary>
    public static NameEntry Of(PackageIndex index) =>
        index.Latest is { } latest ? new(index.Name, latest.Id.Version, latest.Description ?? "", latest.Keywords) : new(index.Name, null, "", []);

    public bool Equals(NameEntry? other) =>
        other is not null && Name.Value == other.Name.Value && Latest == other.Latest && Description == other.Description && Keywords.SequenceEqual(other.Keywords);

    public override int GetHashCode() => HashCode.Combine(Name, Latest, Description);
}

/// <summary>Every name of a feed, one JSON line each, sorted by normal form.</summary>
public static class NamesList
{
    /// <summary>Reads each line when it is asked for, so that a long list need not be in memory twice.</summary>
    /// <exception cref="ProblemException">FeedMalformed, while it is walked through.</exception>
    public static IEnumerable<NameEntry> Read(ReadOnlyMemory<byte> text, string address)
    {
        var what = $"the list of names of {address}";
        for (var at = 0; at < text.Length;)
        {
            var length = text.Span[at..].IndexOf((byte)'\n') is >= 0 and var end ? end : text.Length - at;
            if (length > 0)
            {
                yield return FeedJson.Read(text.Span.Slice(at, length), ProblemCode.FeedMalformed, what, ReadMembers);
            }

            at += length + 1;
        }
    }

    public static byte[] Write(IEnumerable<NameEntry> entries)
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (var entry in entries.OrderBy(entry => entry.Name))
        {
            text.Write(FeedJson.Write(json => WriteMembers(json, entry)));
            text.Write("\n"u8);
        }

        return text.WrittenSpan.ToArray();
    }

    private static NameEntry ReadMembers(ref Utf8JsonReader reader)
    {
        PackageName? name = null;
        SemanticVersion? latest = null;
        var description = "";
        var keywords = ImmutableArray<string>.Empty;
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = PackageName.TryParse(reader.NextString(), out var parsed) ? parsed : throw new JsonException("`name` is malformed");
            }
            else if (reader.ValueTextEquals("latest"u8))
            {
                latest = SemanticVersion.TryParse(reader.NextOptionalString(), out var parsed) ? parsed : null;
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                description = reader.NextOptionalString() ?? "";
            }
            else if (reader.ValueTextEquals("keywords"u8))
            {
                keywords = [.. reader.NextStrings(FeedLimits.KeywordsMax)];
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new(name ?? throw new JsonException("`name` is missing"), latest, description, keywords);
    }

    private static void WriteMembers(Utf8JsonWriter json, NameEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("name", entry.Name.Value);
        if (entry.Latest is not null)
        {
            json.WriteString("latest", entry.Latest.ToString());
        }

        if (entry.Description.Length > 0)
        {
            json.WriteString("description", entry.Description);
        }

        if (!entry.Keywords.IsEmpty)
        {
            json.WriteStartArray("keywords");
            foreach (var keyword in entry.Keywords)
            {
                json.WriteStringValue(keyword);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
