using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Operations;

/// <summary>
/// An audit as SARIF 2.1.0, for code hosts: a rule for each flaw, a result for each package that has it, at the line of the
/// manifest that leads to it. The same audit gives the same bytes.
/// </summary>
public static class AuditSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="version">Of this program.</param>
    public static byte[] Write(AuditReport report, string version)
    {
        AuditFinding[] findings = [.. report.Findings, .. report.Accepted];
        AuditFinding[] rules = [.. findings.DistinctBy(finding => finding.Id).OrderBy(finding => finding.Id, StringComparer.Ordinal)];
        var indexes = rules.Select((rule, at) => (rule.Id, at)).ToDictionary(rule => rule.Id, rule => rule.at, StringComparer.Ordinal);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, rules, version);
            json.WriteString("columnKind", "unicodeCodePoints");
            json.WriteStartArray("results");
            foreach (var finding in findings)
            {
                WriteResult(json, finding, indexes[finding.Id], report.Accepted.Contains(finding));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteTool(Utf8JsonWriter json, AuditFinding[] rules, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "cairn");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, AuditFinding rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        WriteText(json, "shortDescription", Title(rule));
        if (rule.Details.Length > 0)
        {
            json.WriteStartObject("help");
            json.WriteString("text", string.Join('\n', rule.Details.ReplaceLineEndings("\n").Split('\n').Select(Printable.Of)));
            json.WriteEndObject();
        }

        if (rule.References.FirstOrDefault(reference => IsWeb(reference.Address)) is { } link)
        {
            json.WriteString("helpUri", link.Address);
        }

        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        json.WriteStringValue(rule.Match.Category.ToString().ToLowerInvariant());
        json.WriteEndArray();
        if (rule.Match.Rating.Score is { } score)
        {
            json.WriteString("security-severity", score.ToString("0.0", CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, AuditFinding finding, int rule, bool isAccepted)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(finding));
        WriteText(json, "message", $"{finding.Package.Name} {finding.Package.Version}: {Title(finding)}{Way(finding)}{Fix(finding)}");
        WriteLocation(json, finding);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("finding/v1", Fingerprint(finding));
        json.WriteEndObject();
        if (isAccepted)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("justification", Printable.Of(finding.Accepted?.Reason ?? ""));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, AuditFinding finding)
    {
        var place = finding.Paths.Select(path => path[0].Place).FirstOrDefault(place => place is not null);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri.EscapeDataString(place?.File ?? "cairn.lock").Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place?.Line ?? 1);
        json.WriteNumber("startColumn", place?.Column ?? 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Stays the same when versions and lines move: what it is, in which package, by which way.</summary>
    private static string Fingerprint(AuditFinding finding)
    {
        var root = finding.Paths is [[var first, ..], ..] ? first.To.Name.Normal : "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Id}\n{finding.Package.Name.Normal}\n{root}")));
    }

    private static string Level(AuditFinding finding) =>
        !finding.IsHarmful ? "note" : finding.Weight >= Severity.High ? "error" : finding.Weight >= Severity.Medium ? "warning" : "note";

    private static string Title(AuditFinding finding) => finding.Match.Title.Length > 0 ? Printable.Of(finding.Match.Title) : finding.Id;

    private static string Way(AuditFinding finding) => finding.Paths is [{ Length: > 1 } path, ..]
        ? $" (through {string.Join(" > ", path[..^1].Select(step => step.To.Name.Value))})"
        : "";

    private static string Fix(AuditFinding finding) => finding.Fix is { Edit: not null, To: { } to } ? $"; {to} is without it" : "";

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && Uri.IsWellFormedUriString(address, UriKind.Absolute);

    private static void WriteText(Utf8JsonWriter json, string member, string text)
    {
        json.WriteStartObject(member);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
