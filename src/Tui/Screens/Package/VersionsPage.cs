using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Package;

/// <summary>All versions of a package, the newest first, with what each would mean here; Enter puts one into the plan.</summary>
internal sealed record VersionsPage(PackageName Name) : ListScreen
{
    private const int HeadingRows = 2;

    private static readonly Column[] columns = [new("version", 16, 10, Share: 1), new("published", 10, 10), new("note", 30, 10, Share: 2)];

    private static readonly Hint[] hints = [new("Enter", "take it"), new("u", "undo"), new("p", "review"), new("Esc", "back")];

    private ImmutableArray<VersionRow> rows = [];
    private ImmutableArray<DetailLine> answer = [];
    private bool hasStarted;

    public override Scope Scope => Scope.Versions;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override int Count => rows.Length;

    public override Subject SubjectOf(AppState state) => new(Name, Scroll.Selected < Count ? rows[Scroll.Selected].Version : null);

    protected override int AnswerCount => answer.Length;

    public override Rect Rows(in Layout layout) => layout.List.SplitTop(HeadingRows).Below;

    public override IEnumerable<PackageName> LooksAt(AppState state) => Admission.Asks(state, Name);

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open when Count > 0 => Staging.Choose(state.Close(), Name, rows[Scroll.Selected].Version),
        Command.Back or Command.Quit => state.Close(),
        _ => base.Do(state, command),
    };

    public override Screen Fresh(AppState state)
    {
        var next = this with { rows = RowsOf(state) };
        if (!hasStarted && next.Count > 0)
        {
            // Start at the locked one: what is above it is newer.
            var newer = next.rows.TakeWhile(row => !row.IsLocked).Count();
            next = next with { hasStarted = true, Scroll = ScrollState.Start.Select(newer == next.Count ? 0 : newer, next.Count) };
        }

        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override Screen Bare => this with { rows = [], answer = [] };

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var head = canvas.Part(layout.List);
        var x = head.Write(1, 0, "Versions of ", Style.Strong);
        head.Write(x, 0, Name.Value, Style.Strong);
        Span<int> widths = stackalloc int[columns.Length];
        Table.Arrange(columns, layout.List.Width - 4, widths);
        Table.DrawHeader(head.Part(new Rect(3, 1, head.Width - 3, 1)), columns, widths);
        ListView.Draw(canvas.Part(Rows(layout)), new VersionRows(rows.AsSpan(), widths), Scroll, ListFocus);
    }

    private ImmutableArray<VersionRow> RowsOf(AppState state)
    {
        var admission = Admission.Of(state, Name);
        var releases = state.Packages.GetValueOrDefault(Name)?.Releases ?? [];
        return [.. releases.Reverse().Select(release => VersionRow.Of(release, admission))];
    }

    private SemanticVersion? LockedIn(AppState state) =>
        state.Graph.Find(Name) is >= 0 and var node ? state.Graph.Nodes[node].Package.Id.Version : null;

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        return Count == 0
            ? (state.Looks.Troubles.Find(Name) is { } problem ? detail.Text($"! {problem.Message}", new Style(Ink.Problem)).Text(problem.Hint) : detail.Text("reading the versions", Style.Quiet)).Lines
            : detail.Heading(state, Name, rows[Scroll.Selected].Version).Facts(state, Name, LockedIn(state), rows[Scroll.Selected].Version).Lines;
    }

    private sealed record VersionRow(SemanticVersion Version, string Text, string Published, string Note, Style Style, bool IsLocked)
    {
        public static VersionRow Of(Release release, Admission admission)
        {
            var version = release.Id.Version;
            var (note, style) = admission.NoteOf(release);
            return new VersionRow(
                version, version.ToString(), release.Published?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                note, style, version == admission.Locked);
        }
    }

    private readonly ref struct VersionRows(ReadOnlySpan<VersionRow> rows, ReadOnlySpan<int> widths) : IRows
    {
        private readonly ReadOnlySpan<VersionRow> rows = rows;
        private readonly ReadOnlySpan<int> widths = widths;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var x = Table.DrawField(row, 2, widths[0], rows[index].Text);
            x = Table.DrawField(row, x, widths[1], rows[index].Published, Style.Quiet);
            Table.DrawField(row, x, widths[2], rows[index].Note, rows[index].Style);
        }
    }
}
