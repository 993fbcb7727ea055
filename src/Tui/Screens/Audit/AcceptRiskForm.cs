using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Dialogs;

namespace Registry.Tui.Screens.Audit;

/// <summary>Why a flaw is lived with, and until when; a step of the plan like any other.</summary>
/// <param name="Today">The first day that it may be accepted until.</param>
internal sealed record AcceptRiskForm(AuditFinding Finding, DateOnly Today) : DialogAnswer
{
    private const string DayForm = "yyyy-MM-dd";
    private const int DaysProposed = 90;

    public static Dialog Of(AuditFinding finding, DateTimeOffset now) => new(
        $"Accept {finding.Id} of {finding.Package.Name}",
        ["It is written to audit.toml, which belongs to the project. After the last day it counts again."],
        [new DialogButton("Stage it", new AcceptRiskForm(finding, DateOnly.FromDateTime(now.UtcDateTime)))])
    {
        Fields =
        [
            new("Reason") { Example = "why it does no harm here" },
            new("Last day") { Text = now.UtcDateTime.AddDays(DaysProposed).ToString(DayForm, CultureInfo.InvariantCulture), Example = "2027-01-31" },
        ],
    };

    public override string? Refuse(ImmutableArray<string> values) =>
        string.IsNullOrWhiteSpace(values[0]) ? "Say why: whoever reads it later has only this."
        : Day(values[1]) is not { } until ? "Write the last day as 2027-01-31."
        : until < Today ? $"{values[1]} is past: a risk is accepted until a day to come."
        : null;

    public override Step Reach(AppState state, ImmutableArray<string> values) => Staging.Toggle(state, new PlanStep(
        '=', $"accept {Finding.Id} until {values[1]}", null, [new ProjectEdit.AcceptRisk(Finding.Id, values[0], Day(values[1])!.Value, Finding.Package.Name)]));

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Into which file the audit is written.</summary>
internal sealed record ExportForm(AuditReport Report) : DialogAnswer
{
    public static Dialog Of(AuditReport report) => new(
        "Export the audit", ["A name ending in .sarif, .json or .md; a file that is there is replaced."], [new DialogButton("Write it", new ExportForm(report))])
    {
        Fields = [new("File") { Text = "audit.sarif", Example = "audit.sarif" }],
    };

    public override string? Refuse(ImmutableArray<string> values) =>
        Path.GetExtension(values[0]) is ".sarif" or ".json" or ".md" ? null : "The name must end in .sarif, .json or .md.";

    public override Step Reach(AppState state, ImmutableArray<string> values) => state.Do(new ExportAudit(Report, values[0]));
}
