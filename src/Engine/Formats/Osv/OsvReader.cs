using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Osv;

/// <summary>
/// Reads one record of the OSV schema (1.x). Lenient where nothing is decided: unknown members, odd links and missing
/// texts are let be. What says which versions are affected must be readable, since half of it would be a false answer.
/// </summary>
public static class OsvReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = OsvLimits.JsonDepthMax };

    /// <summary>The record; <see cref="ProblemCode.AdvisoryInvalid"/> when it cannot be used.</summary>
    /// <param name="place">The name of the file or line, for the message.</param>
    public static Advisory Read(ReadOnlyMemory<byte> json, string place) => Read(json.Span, place);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, string)"/>
    public static Advisory Read(ReadOnlySpan<byte> json, string place) =>
        TryRead(json, out var why) ?? throw new Problem(
            ProblemCode.AdvisoryInvalid,
            $"the advisory `{Printable.Clip(place, 200)}` cannot be used: {why}",
            "get it again, or report it to the database it came from").Raise();

    /// <summary>The record, or null and why not.</summary>
    public static Advisory? TryRead(ReadOnlySpan<byte> json, out string? why)
    {
        if (json.Length > OsvLimits.RecordBytesMax)
        {
            why = $"it is longer than {OsvLimits.RecordBytesMax >> 20} MiB";
            return null;
        }

        try
        {
            why = null;
            var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json, Options);
            reader.Read();
            var advisory = new OsvRecordReader().Read(ref reader);
            return reader.Read() ? throw new JsonException("there is text after its end") : advisory;
        }
        catch (JsonException e)
        {
            why = Printable.Clip(e.Message, 200);
        }
        catch (InvalidOperationException)
        {
            why = "a text in it is no valid UTF-8";
        }

        return null;
    }
}
