using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Audit;

/// <summary>A row of the list, its texts ready: a finding, something else worth a look, or a heading.</summary>
/// <param name="Package">Null for a heading.</param>
internal sealed record AuditRow(PackageId? Package, string Level, Style Style, string Name, string Group, string Id, string Fix)
{
    public AuditFinding? Finding { get; init; }

    /// <summary>What is to be said of a package without an advisory.</summary>
    public string Text { get; init; } = "";

    public FilteredRow Filtered => new(Name, $"{Id} {Finding?.Match.Title}{Text}", Level.Length > 0 ? Level[0] : ' ', false);

    /// <param name="staged">What the plan has already, which a row says.</param>
    public static ImmutableArray<AuditRow> Of(AuditReport report, RowFilter filter, ImmutableArray<ProjectEdit> staged)
    {
        var rows = ImmutableArray.CreateBuilder<AuditRow>();
        rows.AddRange(report.Findings.Where(finding => finding.IsHarmful).Select(finding => IsStaged(finding, staged) ? Of(finding) with { Fix = "✓ in the plan" } : Of(finding)).Where(row => filter.Admits(row.Filtered)));
        Add(rows, $"Accepted by you ({report.Accepted.Length})", report.Accepted.Select(finding => Of(finding) with
        {
            Fix = finding.Accepted?.Until is { } day ? $"until {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "for good",
        }), filter);
        Add(rows, "Not flaws, still worth a look", Look(report), filter);
        return rows.ToImmutable();
    }

    private static bool IsStaged(AuditFinding finding, ImmutableArray<ProjectEdit> staged) => staged.Any(edit => edit switch
    {
        ProjectEdit.Fix fix => fix.Findings.Contains(finding.Id) && fix.Avoid.Any(wish => wish.Name == finding.Package.Name),
        ProjectEdit.AcceptRisk risk => risk.Id == finding.Id && risk.Package == finding.Package.Name,
        _ => false,
    });

    private static IEnumerable<AuditRow> Look(AuditReport report) =>
    [
        .. report.Licenses.Select(license => Note("licence", license.Package, license.What)),
        .. report.Findings.Where(finding => !finding.IsHarmful).Select(finding => Note("?", finding.Package, $"{AuditWords.Level(finding)}: {Printable.Clip(finding.Match.Title, 200)}") with { Finding = finding, Group = AuditScreenWords.Group(finding.Group) }),
        .. report.Remarks.Select(remark => Note("?", remark.Package, AuditScreenWords.Remark(remark))),
    ];

    private static void Add(ImmutableArray<AuditRow>.Builder rows, string heading, IEnumerable<AuditRow> group, RowFilter filter)
    {
        AuditRow[] shown = [.. group.Where(row => filter.Admits(row.Filtered))];
        if (shown.Length > 0)
        {
            rows.Add(new(null, "", Style.Strong, heading, "", "", ""));
            rows.AddRange(shown);
        }
    }

    private static AuditRow Of(AuditFinding finding) => new(
        finding.Package, AuditWords.Level(finding), AuditScreenWords.StyleOf(finding), finding.Package.Name.Value, AuditScreenWords.Group(finding.Group), finding.Id, AuditScreenWords.Fix(finding))
    {
        Finding = finding,
    };

    private static AuditRow Note(string level, PackageId package, string text) =>
        new(package, level, Style.Quiet, package.Name.Value, "", text, "") { Text = text };
}
