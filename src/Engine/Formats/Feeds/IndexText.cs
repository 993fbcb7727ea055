using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// The text of an index document under change: add a version on top, or alter the status of one. Everything else of
/// a line stays byte for byte, also members this program does not know.
/// </summary>
public sealed class IndexText
{
    private readonly PackageName _name;
    private readonly long _revision;
    private readonly ImmutableArray<ReadOnlyMemory<byte>> _lines;

    private IndexText(PackageName name, long revision, ImmutableArray<ReadOnlyMemory<byte>> lines) =>
        (_name, _revision, _lines) = (name, revision, lines);

    /// <summary>A document without versions.</summary>
    public static IndexText New(PackageName name) => new(name, 0, []);

    public static IndexText Of(IndexDocument document) => new(document.Name, document.Revision, [.. document.Lines]);

    /// <summary>How often the document has changed, this text included.</summary>
    public long Revision => _revision;

    /// <summary>With one more version, published last.</summary>
    public IndexText With(Release release) => new(_name, _revision + 1, _lines.Insert(0, Line(release)));

    /// <summary>With many versions at once, given in publish order; one revision.</summary>
    public IndexText WithAll(IEnumerable<Release> releases) =>
        new(_name, _revision + 1, [.. releases.Select(Line).Reverse(), .. _lines]);

    /// <summary>With another status of a version that is there.</summary>
    public IndexText WithStatus(SemanticVersion version, ReleaseStatus status, StatusReason? reason) =>
        new(_name, _revision + 1, [.. _lines.Select(line => IndexLineStart.Read(line.Span).Version == version ? Rewrite(line, status, reason) : line)]);

    public byte[] Write()
    {
        var header = FeedJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("package", _name.Value);
            json.WriteNumber("rev", _revision);
            json.WriteNumber("min_format", 1);
            json.WriteEndObject();
        });
        var bytes = new byte[header.Length + 1 + _lines.Sum(line => line.Length + 1)];
        var at = Put(bytes, 0, header);
        foreach (var line in _lines)
        {
            at = Put(bytes, at, line.Span);
        }

        return bytes;
    }

    private static int Put(byte[] bytes, int at, ReadOnlySpan<byte> line)
    {
        line.CopyTo(bytes.AsSpan(at));
        bytes[at + line.Length] = (byte)'\n';
        return at + line.Length + 1;
    }

    private static ReadOnlyMemory<byte> Line(Release release) => FeedJson.Write(json => IndexLineWriter.Write(json, release));

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> line, ReleaseStatus status, StatusReason? reason) =>
        FeedJson.Write(json =>
        {
            json.WriteStartObject();
            foreach (var member in Members(line))
            {
                if (member.Name == "status")
                {
                    json.WriteString("status", IndexLineWriter.Status(status));
                    IndexLineWriter.WriteReason(json, reason);
                }
                else if (member.Name != "reason")
                {
                    json.WritePropertyName(member.Name);
                    json.WriteRawValue(member.Value.Span, skipInputValidation: true);
                }
            }

            json.WriteEndObject();
        });

    private static List<(string Name, ReadOnlyMemory<byte> Value)> Members(ReadOnlyMemory<byte> line)
    {
        var members = new List<(string, ReadOnlyMemory<byte>)>();
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = FeedLimits.JsonDepthMax });
        reader.Read();
        reader.EnterObject();
        while (reader.NextMember())
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add((name, line[start..(int)reader.BytesConsumed]));
        }

        return members;
    }
}
