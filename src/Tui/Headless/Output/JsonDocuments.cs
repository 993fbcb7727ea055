using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Output;

/// <summary>Reports as one JSON document on standard output: `kind`, `format`, then what the report has.</summary>
internal static class JsonDocuments
{
    /// <summary>Raised when a member changes its meaning or goes away; new members do not raise it.</summary>
    public const int Format = 1;

    // Relaxed: the output is a document of its own, never part of a web page, and people read non-ASCII names in it.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IOutput output, IReport report) => Write(output, report, Indented);

    /// <summary>On one line, for a stream of documents.</summary>
    public static void WriteLine(IOutput output, IReport report) => Write(output, report, OneLine);

    private static void Write(IOutput output, IReport report, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, report.Kind);
            json.WriteNumber("format"u8, Format);
            report.WriteTo(json);
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        output.Write(bytes.WrittenSpan);
    }
}
