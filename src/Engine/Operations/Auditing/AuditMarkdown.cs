using System.Globalization;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>An audit as Markdown, for a comment on a change or a page. The same audit gives the same text.</summary>
public static class AuditMarkdown
{
    public static string Write(AuditReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# Audit: {Count(report.Findings.Count(finding => finding.IsHarmful), "finding")} in {Count(report.Checked, "package")}");
        Line(text, "");
        WriteFindings(text, report);
        WriteNotes(text, report);
        foreach (var source in report.Sources)
        {
            Line(text, $"- advisories of {Safe(source.Source.Name)}: {source.Source.Records}, {(int)source.Age.TotalDays} days old");
        }

        foreach (var warning in report.Warnings)
        {
            Line(text, $"- **note:** {Safe(warning.Message)}");
        }

        return text.ToString();
    }

    private static void WriteFindings(StringBuilder text, AuditReport report)
    {
        if (report.Findings.IsEmpty)
        {
            return;
        }

        Line(text, "| level | package | id | what | fix |");
        Line(text, "|---|---|---|---|---|");
        foreach (var finding in report.Findings)
        {
            var score = finding.Match.Rating.Score is { } known ? string.Create(CultureInfo.InvariantCulture, $" {known:0.0}") : "";
            Line(text, $"| {AuditWords.Level(finding)}{score} | {Safe(finding.Package.ToString())} | {Safe(finding.Id)} | {Safe(finding.Match.Title)} | {Safe(AuditWords.Fix(finding))} |");
        }

        Line(text, "");
    }

    private static void WriteNotes(StringBuilder text, AuditReport report)
    {
        foreach (var license in report.Licenses)
        {
            Line(text, $"- licence: {Safe(license.Package.ToString())} {Safe(license.What)}");
        }

        foreach (var remark in report.Remarks.Where(remark => remark.Kind != AuditRemarkKind.Outdated))
        {
            Line(text, $"- {remark.Kind.ToString().ToLowerInvariant()}: {Safe(remark.Package.ToString())} {Safe(AuditWords.Of(remark))}".TrimEnd());
        }

        foreach (var accepted in report.Accepted)
        {
            Line(text, $"- accepted: {Safe(accepted.Package.ToString())} {Safe(accepted.Id)}");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>Text from outside must stay text: no markup, no cells, no links, no mentions.</summary>
    private static string Safe(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in Printable.Clip(text, 300))
        {
            _ = letter switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '@' => safe.Append("&#64;"),
                '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '#' or '!' => safe.Append('\\').Append(letter),
                _ => safe.Append(letter),
            };
        }

        return safe.ToString();
    }
}
