using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Audit;

/// <summary>How it looks: the list, and beside it the harm, the way it came in and what would help.</summary>
internal sealed partial record AuditScreen
{
    private const int HeadRows = 2;
    private const int WaysShown = 2;
    private const int ChangesShown = 8;

    private static readonly Column[] columns =
        [new("level", 8, 6), new("package", 14, 8, Share: 1), new("", 5, 0), new("id", 19, 10, Share: 1), new("fix", 16, 0)];

    public override Rect Rows(in Layout layout) => layout.List.SplitTop(HeadRows).Below;

    public override Screen Fresh(AppState state)
    {
        var next = this with { rows = Known is { } report ? AuditRow.Of(report, RowFilter.Parse(Filter.Text), state.Plan.Edits) : [], heading = HeadingOf() };
        next = next with { absence = next.AbsenceOf(state) };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var head = canvas.Part(layout.List);
        head.WriteFitted(1, 0, head.Width - 1, heading, Style.Strong);
        if (IsFiltering)
        {
            var x = head.Write(1, 0, "Filter: ", Style.Quiet);
            head.Part(new Rect(x, 0, head.Width - x, 1)).Fill(default);
            TextField.Draw(head.Part(new Rect(x, 0, head.Width - x, 1)), Filter, "letters of a name, d: id or title", Focus.Here);
        }

        if (!absence.IsEmpty)
        {
            Detail.Draw(canvas.Part(Rows(layout).Shrink(1, 0)), absence);
            return;
        }

        Span<int> widths = stackalloc int[columns.Length];
        Table.Arrange(columns, layout.List.Width - 4, widths);
        Table.DrawHeader(head.Part(new Rect(2, 1, head.Width - 2, 1)), columns, widths);
        ListView.Draw(canvas.Part(Rows(layout)), new AuditRows(rows.AsSpan(), widths), Scroll, ListFocus);
    }

    private string HeadingOf() => Known is not { } report
        ? "Audit"
        : $"{Staging.Count(report.Findings.Count(finding => finding.IsHarmful), "finding", "findings")} in {Staging.Count(report.Checked, "package", "packages")}{(report.Checked < report.Packages ? $" of {report.Packages}" : "")}   {AuditScreenWords.Age(report)}{(Filter.Text.Length > 0 ? $"   filter: {Filter.Text}" : "")}";

    private ImmutableArray<DetailLine> AbsenceOf(AppState state)
    {
        var detail = new Detail(state.Layout.List.Width - 2);
        if (Audit is Outcome<AuditReport>.Failed(var problem))
        {
            return AddProblem(detail, problem).Lines;
        }

        if (state.Facts is null)
        {
            return state.Trouble is { } trouble ? AddProblem(detail, trouble).Lines : detail.Text("reading the project", Style.Quiet).Lines;
        }

        return state.Facts.Lockfile is null ? detail.Text("There is no lockfile yet, so nothing is chosen that could have flaws.").Text("p installs: then it is looked at.", Style.Quiet).Lines
            : Known is null ? detail.Text("looking", Style.Quiet).Lines
            : Count == 0 ? detail.Text(Filter.Text.Length > 0 ? "Nothing found is like that." : "Nothing is known against these packages.").Lines
            : [];
    }

    private static Detail AddProblem(Detail detail, Problem problem)
    {
        detail.Text($"! {problem.Message}", new Style(Ink.Problem)).Gap().Text(problem.Hint);
        return problem.Code == ProblemCode.AdvisoriesMissing
            ? detail.Gap().Text("Without advisories nobody can say that nothing is wrong. r looks again.", Style.Quiet)
            : detail;
    }

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        if (Known is not { } report)
        {
            return detail.Lines;
        }

        if (Selected is { Finding: { } finding } row)
        {
            AddFinding(detail, finding);
            if (detail.IsCompact)
            {
                // A drawer has few lines: what to do comes first, the rest is scrolled to.
                AddFix(detail, finding, row.Fix);
                AddWays(detail, finding);
                AddFacts(detail, finding);
            }
            else
            {
                AddFacts(detail, finding);
                AddWays(detail.Gap(), finding);
                AddFix(detail.Gap(), finding, row.Fix);
            }

            AddOrigin(detail.Gap(), finding);
        }
        else if (Selected is { Package: { } package } note)
        {
            detail.Text($"{package.Name} {package.Version}", Style.Strong).Text(note.Text);
        }

        return AddWarnings(detail.Gap(), report).Lines;
    }

    private static void AddFinding(Detail detail, AuditFinding finding)
    {
        var score = finding.Match.Rating.Score is { } known ? string.Create(CultureInfo.InvariantCulture, $" {known:0.0}") : "";
        detail.Text($"{AuditWords.Level(finding)}{score}  {finding.Id}  {finding.Package}", Style.Strong);
        detail.Text(finding.Match.Title.Length > 0 ? Printable.Of(finding.Match.Title) : "Its database says no more of it.");
    }

    private static void AddFacts(Detail detail, AuditFinding finding)
    {
        if (!finding.Match.Versions.Set.IsEmpty)
        {
            detail.Pair("Affected", finding.Match.Versions.Set.IsAll ? "every version" : finding.Match.Versions.Set.ToString());
        }

        detail.Pair("Reached", "whether you use that part is not known");
        detail.Pair("Used for", finding.Group switch { DependencyGroup.Dev => "development only", DependencyGroup.Build => "building only", _ => "what you ship" });
    }

    private static void AddWays(Detail detail, AuditFinding finding)
    {
        detail.Text("How it got in", Style.Strong);
        foreach (var path in finding.Paths.Take(detail.IsCompact ? 1 : WaysShown))
        {
            var asked = path[0].Constraint is { } constraint ? $"   wants {constraint.Text}" : "";
            detail.Text($"{path[0].From.Name} > {string.Join(" > ", path.Select(step => step.To == finding.Package ? step.To.ToString() : step.To.Name.Value))}{asked}", default, 2);
        }

        var more = finding.Paths.Length + finding.PathsLeftOut - (detail.IsCompact ? 1 : WaysShown);
        _ = more > 0 ? detail.Text($"and {Staging.Count(more, "more way", "more ways")}: w shows them", Style.Quiet, 2) : detail;
    }

    private static void AddFix(Detail detail, AuditFinding finding, string effort)
    {
        if (finding.Accepted is { } accepted && finding.Fix is null)
        {
            detail.Text("You accepted it", Style.Strong).Text(Printable.Of(accepted.Reason), default, 2).Text(effort, default, 2);
            return;
        }

        if (finding.Fix is not { Edit: not null } fix)
        {
            detail.Text("Fix", Style.Strong).Text(finding.Fix?.Why ?? (finding.IsHarmful ? effort : "It is no flaw to fix."), Style.Quiet, 2);
            return;
        }

        detail.Text("Fix that works", Style.Strong);
        detail.Text($"{finding.Package.Name} {fix.To?.ToString() ?? "goes away"}   {effort}{(fix.IsBreaking ? ", a step that may break" : "")}", default, 2);
        foreach (var edit in fix.Edit.Edits)
        {
            detail.Text($"{edit.File}: {edit.LocalName} {edit.From.Text} -> {edit.To.Text}", new Style(Ink.Changed), 2);
        }

        AddChanges(detail, fix);
    }

    private static void AddChanges(Detail detail, AuditFix fix)
    {
        var changes = fix.Lock.Changes;
        var width = changes.IsEmpty ? 0 : changes.Max(change => change.Name.Value.Length);
        foreach (var change in changes.Take(ChangesShown))
        {
            detail.Text(LockChangeText.Of(change, width), LockChangeText.StyleOf(change), 2);
        }

        detail.Text(changes.Length > ChangesShown ? $"and {changes.Length - ChangesShown} more   proven by a solve" : "nothing else changes   proven by a solve", Style.Quiet, 2);
    }

    private static void AddOrigin(Detail detail, AuditFinding finding)
    {
        if (finding.Match.Header.Published is { } published)
        {
            detail.Pair("Published", published.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        detail.Pair("Also", string.Join(", ", finding.Match.Ids.Skip(1)));
        detail.Pair("From", string.Join(", ", finding.Sources.Select(Printable.Of)));
        detail.Pair("More", finding.References.FirstOrDefault() is { } reference ? Printable.Clip(reference.Address, 200) : null);
    }

    private static Detail AddWarnings(Detail detail, AuditReport report)
    {
        foreach (var warning in report.Warnings)
        {
            detail.Text($"! {warning.Message}", new Style(Ink.Notice));
        }

        return detail;
    }

    private readonly ref struct AuditRows(ReadOnlySpan<AuditRow> rows, ReadOnlySpan<int> widths) : IRows
    {
        private readonly ReadOnlySpan<AuditRow> rows = rows;
        private readonly ReadOnlySpan<int> widths = widths;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var audit = rows[index];
            if (audit.Package is null)
            {
                row.WriteFitted(1, 0, row.Width - 1, audit.Name, audit.Style);
                return;
            }

            var x = Table.DrawField(row, 2, widths[0], audit.Level, audit.Style);
            x = Table.DrawField(row, x, widths[1], audit.Name);
            x = Table.DrawField(row, x, widths[2], audit.Group, Style.Quiet);
            if (audit.Text.Length > 0)
            {
                row.WriteFitted(x, 0, row.Width - x - 1, audit.Id, Style.Quiet);
                return;
            }

            x = Table.DrawField(row, x, widths[3], audit.Id, Style.Quiet);
            Table.DrawField(row, x, widths[4], audit.Fix);
        }
    }
}
