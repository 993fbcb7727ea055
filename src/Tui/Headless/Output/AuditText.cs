using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Output;

/// <summary>An audit for people.</summary>
internal static class AuditText
{
    private const int OutdatedShown = 3;

    public static void Print(Printer printer, AuditReport report, Clipping clipping, bool isVerbose)
    {
        var harmful = report.Findings.Where(finding => finding.IsHarmful).ToArray();
        printer.Line(Headline(report, harmful.Length));
        PrintFindings(printer, harmful, clipping, isVerbose);
        PrintAccepted(printer, report);
        PrintLook(printer, report, clipping);
        foreach (var finding in report.Withdrawn)
        {
            printer.Line(printer.Paint.Dim($"  withdrawn  {finding.Package}  {finding.Id}"));
        }

        foreach (var warning in report.Warnings)
        {
            ProblemText.PrintNotice(printer, warning);
        }
    }

    private static string Headline(AuditReport report, int findings)
    {
        var where = $"{ChangeText.Count(report.Checked, "package")}{(report.Checked < report.Packages ? $" of {report.Packages}" : "")}";
        return findings == 0 ? $"nothing found in {where}" : $"{ChangeText.Count(findings, "finding")} in {where}";
    }

    private static void PrintFindings(Printer printer, AuditFinding[] findings, Clipping clipping, bool isVerbose)
    {
        if (findings.Length == 0)
        {
            return;
        }

        var widths = (Level: findings.Max(f => AuditWords.Level(f).Length), Package: findings.Max(f => Name(f).Length), Id: findings.Max(f => f.Id.Length));
        foreach (var finding in findings)
        {
            var level = AuditWords.Level(finding);
            var padded = level.PadRight(widths.Level);
            var line = $"  {Name(finding).PadRight(widths.Package)}  {finding.Id.PadRight(widths.Id)}  {AuditWords.Fix(finding)}".TrimEnd();
            line = clipping == Clipping.ToWidth ? Wrapping.Clip(line, Math.Max(20, printer.Width - padded.Length)) : line;
            printer.Line((char.IsUpper(level[0]) ? printer.Paint.Red(padded) : level == "medium" ? printer.Paint.Yellow(padded) : padded) + line);
            var indent = new string(' ', widths.Level + 2);
            if (finding.Match.Title.Length > 0)
            {
                printer.Paragraph(Printable.Clip(finding.Match.Title, 300), indent, indent);
            }

            PrintWays(printer, finding, indent, isVerbose);
        }
    }

    private static void PrintWays(Printer printer, AuditFinding finding, string indent, bool isVerbose)
    {
        foreach (var path in finding.Paths.Take(isVerbose ? finding.Paths.Length : 1))
        {
            var others = isVerbose ? 0 : finding.Paths.Length + finding.PathsLeftOut - 1;
            var way = string.Join(" > ", path.Select(step => step.To.Name.Value).Prepend(path[0].From.Name.Value));
            printer.Paragraph($"{way}{(others > 0 ? $" (and {ChangeText.Count(others, "more way")})" : "")}", indent, indent + "  ");
        }

        if (isVerbose)
        {
            printer.Line($"{indent}also {string.Join(", ", finding.Match.Ids)}{Score(finding)}; from {string.Join(", ", finding.Sources.Select(Printable.Of))}");
        }
    }

    private static string Score(AuditFinding finding) =>
        finding.Match.Rating is { Score: { } score, Vector: { } vector } ? string.Create(CultureInfo.InvariantCulture, $"; {score:0.0} {Printable.Clip(vector.Vector, 120)}") : "";

    private static void PrintAccepted(Printer printer, AuditReport report)
    {
        if (!report.Accepted.IsEmpty)
        {
            printer.Line($"accepted ({report.Accepted.Length})");
            foreach (var finding in report.Accepted)
            {
                var until = finding.Accepted?.Until is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "further notice";
                printer.Line($"  {AuditWords.Level(finding)}  {Name(finding)}  {finding.Id}  until {until}: {Printable.Clip(finding.Accepted?.Reason ?? "", 200)}");
            }
        }
    }

    private static void PrintLook(Printer printer, AuditReport report, Clipping clipping)
    {
        var table = new Table();
        foreach (var license in report.Licenses)
        {
            table.Add("  licence", license.Package.ToString(), Printable.Of(license.What));
        }

        foreach (var finding in report.Findings.Where(finding => !finding.IsHarmful))
        {
            table.Add($"  {AuditWords.Level(finding)}", Name(finding), $"{finding.Id} {Printable.Clip(finding.Match.Title, 200)}");
        }

        foreach (var remark in report.Remarks.Where(remark => remark.Kind != AuditRemarkKind.Outdated))
        {
            table.Add($"  {remark.Kind.ToString().ToLowerInvariant()}", remark.Package.ToString(), AuditWords.Of(remark) is { Length: > 0 } text ? Printable.Of(text) : "no reason given");
        }

        var outdated = report.Remarks.Where(remark => remark.Kind == AuditRemarkKind.Outdated).ToArray();
        if (outdated.Length > 0)
        {
            var names = string.Join(", ", outdated.Take(OutdatedShown).Select(remark => remark.Package.Name.Value));
            table.Add("  outdated", ChangeText.Count(outdated.Length, "package"), $"{names}{(outdated.Length > OutdatedShown ? ", …" : "")}; `cairn outdated` lists them");
        }

        if (!table.IsEmpty)
        {
            printer.Line("worth a look");
            table.Print(printer, clipping);
        }
    }

    private static string Name(AuditFinding finding) => finding.Group switch
    {
        DependencyGroup.Dev => $"{finding.Package} (dev)",
        DependencyGroup.Build => $"{finding.Package} (build)",
        _ => finding.Package.ToString(),
    };
}
