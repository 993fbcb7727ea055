using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Audit;

/// <summary>Known flaws of the locked packages: one row for each decision, with fixes that were solved before they are shown.</summary>
internal sealed partial record AuditScreen : ListScreen
{
    private static readonly Hint[] hints =
        [new("f", "stage fix"), new("F", "all safe"), new("E", "accept risk"), new("w", "ways"), new("r", "scan"), new("y e", "export"), new("/", "filter")];

    private static readonly Hint[] idleHints = [new("r", "scan again")];

    private ImmutableArray<AuditRow> rows = [];
    private ImmutableArray<DetailLine> absence = [];
    private ImmutableArray<DetailLine> answer = [];
    private string heading = "";

    /// <summary>Null until it is here.</summary>
    public Outcome<AuditReport>? Audit { get; init; }

    /// <summary>When it came.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The project as it was when it was asked for; another one is looked at anew.</summary>
    public ProjectOverview? Seen { get; init; }

    public TextInput Filter { get; init; } = TextInput.Empty;

    public bool IsFiltering { get; init; }

    public override Scope Scope => Scope.Audit;

    public override bool IsTyping => IsFiltering;

    public override ReadOnlySpan<Hint> Hints => Known is null ? idleHints : hints;

    public override int Count => rows.Length;

    private AuditReport? Known => (Audit as Outcome<AuditReport>.Done)?.Report;

    private AuditRow? Selected => Scroll.Selected < Count ? rows[Scroll.Selected] : null;

    protected override int AnswerCount => answer.Length;

    protected override bool CanSelect(int index) => rows[index].Package is not null;

    /// <summary>Looks anew; what is shown stays until the answer is here.</summary>
    public static Step Scan(AppState state) => state.Facts is null
        ? state
        : state.Put(state.ScreenOf<AuditScreen>() with { Seen = state.Facts }).Do(new ReadAudit(AuditFixing.None));

    public override bool DoesItself(AppState state, Command command) => command == Command.Refresh || (command == Command.Fix && state.Plan.Problem is null);

    public override string BadgeOf(AppState state) => Known?.Findings.Count(finding => finding.IsHarmful) is > 0 and var count ? $"{count}!" : "";

    public override Subject? SubjectOf(AppState state) => Selected?.Package is { } package ? new(package.Name, package.Version) : null;

    public override string? CopyOf(AppState state, Command command) => command switch
    {
        Command.CopyName => Selected?.Finding?.Id ?? Selected?.Package?.Name.Value,
        _ => base.CopyOf(state, command),
    };

    public override string? WhyNot(AppState state, Command command) => (command, Selected?.Finding) switch
    {
        (Command.Fix, null) => "choose a finding to fix",
        (Command.Fix, { IsHarmful: false }) => "there is no fix for that: it is no flaw",
        (Command.Fix, { Fix: null }) => "fixes are still being looked for",
        (Command.Fix, { Fix: { Edit: null, Why: { } why } }) => why,
        (Command.FixAll, _) => Known is null || !Known.Findings.Any(finding => finding.IsHarmful) ? "there is nothing to fix" : null,
        (Command.AcceptRisk, null) => "choose a finding to accept",
        (Command.Export, _) => Known is null ? "there is nothing to export" : null,
        (Command.Why, null) => Selected?.Package is null ? "nothing is selected" : null,
        _ => base.WhyNot(state, command),
    };

    public override Step Ask(AppState state) => state.Facts?.Lockfile is not null && !ReferenceEquals(Seen, state.Facts) ? Scan(state) : state;

    public override Step Do(AppState state, Command command) => (command, Selected) switch
    {
        (Command.Back, _) when IsFiltering || Filter.Text.Length > 0 => state.WithTop(this with { IsFiltering = false, Filter = TextInput.Empty }),
        (Command.Open, _) when IsFiltering => state.WithTop(this with { IsFiltering = false }),
        (Command.Filter, _) => state.WithTop(this with { IsFiltering = true }),
        (Command.Fix, { Finding: { Fix.Edit: { } edit } finding }) => Staging.Toggle(state, new PlanStep('~', $"fix {finding.Id} of {finding.Package.Name}", null, [edit])),
        (Command.Refresh, _) => Scan(state),
        (Command.FixAll, _) => state.Say(Notice.Note("looking for safe fixes")).Start("find safe fixes", new AskSafeFixes()),
        (Command.AcceptRisk, { Finding: { } finding }) => AcceptRiskForm.Of(finding, state.Now).Open(state),
        (Command.Export, _) when Known is { } report => ExportForm.Of(report).Open(state),
        (Command.Why, { Package: { } package }) => TextPage.Why(state, package.Name),
        (Command.Open, { Package: { } package }) => state.Open(new PackagePage(package.Name)),
        (Command.Back, _) => Updating.Show(state, state.TabOf(Scope.Project)),
        _ => base.Do(state, command),
    };

    public override Step Type(AppState state, InputEvent input) =>
        Filter.After(input) is { } filter ? state.WithTop(this with { Filter = filter }) : state;
}
