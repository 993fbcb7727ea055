using System.Buffers;
using System.Text;
using System.Text.Json;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>Writes an audit into a file, in the form that its ending says: `.sarif`, `.md`, else JSON.</summary>
/// <param name="file">Absolute; replaced when it is there.</param>
internal sealed class WriteAudit(RegistryClient client, AuditReport report, string file) : Query<string>
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected override Task<string> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        if (Directory.Exists(file))
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{file}` is a folder", "give the name of a file").Raise();
        }

        AtomicFile.Write(
            file,
            Path.GetExtension(file) switch
            {
                ".sarif" => AuditSarif.Write(report, client.Settings.Version),
                ".md" => Encoding.UTF8.GetBytes(AuditMarkdown.Write(report)),
                _ => Json(),
            },
            Durability.Fast);
        return Task.FromResult(file);
    }

    private byte[] Json()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, report.Kind);
            json.WriteNumber("format"u8, 1);
            report.WriteTo(json);
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}
