using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Screens.Create;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Search;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Project;

/// <summary>Direct dependencies, what needs attention first, and what is known about the selected one.</summary>
internal sealed record ProjectScreen : ListScreen
{
    private const int HeadingRows = 2;
    private const int HealthRows = 3;
    private const int HealthNeeds = 18;

    private static readonly Column[] columns =
    [
        new("name", 14, 8), new("wanted", 7, 6), new("locked", 7, 6), new("latest", 7, 6), new("note", 10, 10, Share: 1),
    ];

    // A name or range longer than this does not push the other columns away.
    private const int FittedMax = 30;

    private static readonly Hint[] hints = HintsOf(Command.Open, Command.Add, Command.Remove, Command.Versions, Command.Update, Command.Why, Command.Pin, Command.Filter);

    private ImmutableArray<ProjectRow> rows = [];
    private Inputs madeFrom;
    private Inputs healthFrom;
    private Column[] fitted = columns;
    private ImmutableArray<DetailLine> absence = [];
    private ImmutableArray<DetailLine> answer = [];
    private string health = "";
    private string lastRun = "";

    public TextInput Filter { get; init; } = TextInput.Empty;

    public bool IsFiltering { get; init; }

    public ProjectOrder Order { get; init; }

    /// <summary>The user has chosen a row: from then on the selection stays on its package.</summary>
    public bool IsTouched { get; init; }

    public string Heading { get; init; } = "";

    public override Scope Scope => Scope.Project;

    public override bool IsTyping => IsFiltering;

    public override ReadOnlySpan<Hint> Hints => absence.IsEmpty ? hints : Absence.Hints;

    public override int Count => rows.Length;

    private PackageName? Selected => Scroll.Selected < rows.Length ? rows[Scroll.Selected].Name : null;

    public override Subject? SubjectOf(AppState state) => Selected is { } name ? Subject.Of(state, name) : null;

    protected override int AnswerCount => answer.Length;

    public override Rect Rows(in Layout layout)
    {
        var below = layout.List.SplitTop(HeadingRows).Below;
        return HasHealth(layout) ? below.SplitBottom(HealthRows).Above : below;
    }

    // The two lines and a rule over them, where they leave the list its room.
    private static bool HasHealth(in Layout layout) => layout.IsWide && layout.List.Height >= HealthNeeds;

    protected override string? MarkOf(int index) => index < Count ? rows[index].Name?.Normal : null;

    public override Step Do(AppState state, Command command) => IsTouched
        ? DoTouched(state, command)
        : (this with { IsTouched = true }).DoTouched(state, command);

    public override Step Point(AppState state, InputEvent.Mouse mouse) =>
        IsTouched ? base.Point(state, mouse) : (this with { IsTouched = true }).Point(state, mouse);

    private Step DoTouched(AppState state, Command command) => (command, Selected) switch
    {
        (Command.Filter, _) => state.WithTop(this with { IsFiltering = true }),
        (Command.Back, _) => state.WithTop(this with { IsFiltering = false, Filter = TextInput.Empty }),
        (Command.Open, _) when IsFiltering => state.WithTop(this with { IsFiltering = false }),
        (Command.Sort, _) => state.WithTop(this with { Order = (ProjectOrder)(((int)Order + 1) % 3) }),
        (Command.Add or Command.AddDev, _) => SearchScreen.Focus(state),
        (Command.Open, null) when state.Trouble?.Code == ProblemCode.ManifestMissing => CreateProject.Ask(state),
        (Command.Open, { } name) => state.Open(new PackagePage(name)),
        (Command.Remove, { }) => Bulk.Do(state, MarkedOrSelected(), (now, row) => Staging.Remove(now, rows[row].Name!)),
        (Command.Versions, { } name) => state.Open(new VersionsPage(name)),
        (Command.Update, { }) => Bulk.Do(state, MarkedOrSelected(), (now, row) => Staging.Update(now, rows[row].Name!)),
        (Command.FoldUp or Command.Unfold, { }) => Bulk.Do(state, MarkedOrSelected(), (now, row) => UpdateChoices.Turn(now, rows[row].Name!, command == Command.Unfold ? 1 : -1)),
        (Command.Pin, { }) => Bulk.Do(state, MarkedOrSelected(), (now, row) => Staging.Pin(now, rows[row].Name!)),
        (Command.Why, { } name) => TextPage.Why(state, name),
        (Command.WhyNotNewer, { } name) => TextPage.WhyNotNewer(state, name),
        _ => base.Do(state, command),
    };

    public override Step Type(AppState state, InputEvent input) =>
        Filter.After(input) is { } filter ? state.WithTop(this with { Filter = filter }) : state;

    public override Screen Fresh(AppState state)
    {
        var inputs = new Inputs(state.Facts, state.Packages, state.Plan, state.Looks.Advisories, state.Looks.Troubles, Filter, Order);
        var next = inputs == madeFrom ? this : Remade(state, inputs);
        return next with { Scroll = next.Settled(state.Layout), absence = Absence.Of(state) };
    }

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state), health = HealthOf(state), healthFrom = madeFrom, lastRun = ProjectHealth.LastRun(state) };

    // It looks at every locked package, so not for every key.
    private string HealthOf(AppState state) => healthFrom == madeFrom ? health : ProjectHealth.Health(state, rows);

    private ProjectScreen Remade(AppState state, Inputs inputs)
    {
        var selected = IsTouched ? Selected : null;
        var next = this with { madeFrom = inputs, rows = RowsOf(state), Heading = HeadingOf(state) };
        next = next with { fitted = Fitted(next.rows) };
        var index = selected is null ? -1 : next.rows.IndexOf(next.rows.FirstOrDefault(row => row.Name == selected)!);
        next = next with { Scroll = IsTouched ? next.Scroll : ScrollState.Start };
        return index < 0 ? next : next with { Scroll = next.Scroll.Select(index, next.Count) };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        if (!absence.IsEmpty)
        {
            Detail.Draw(canvas.Part(layout.List.Shrink(1, 0)), absence);
            return;
        }

        var head = canvas.Part(layout.List);
        head.WriteFitted(1, 0, head.Width - 1, Heading, Style.Strong);
        if (IsFiltering)
        {
            var x = head.Write(1, 0, "Filter: ", Style.Quiet);
            head.Part(new Rect(x, 0, head.Width - x, 1)).Fill(default);
            TextField.Draw(head.Part(new Rect(x, 0, head.Width - x, 1)), Filter, "letters of a name, n: d: dup: -word ! ^ + =", Focus.Here);
        }

        Span<int> widths = stackalloc int[columns.Length];
        Table.Arrange(fitted, layout.List.Width - 4, widths);
        Table.DrawHeader(head.Part(new Rect(3, 1, head.Width - 3, 1)), fitted, widths);
        ListView.Draw(canvas.Part(Rows(layout)), new TableRows(rows.AsSpan(), Marks, widths), Scroll, ListFocus);
        if (HasHealth(layout))
        {
            DrawHealth(canvas.Part(layout.List.SplitBottom(HealthRows).Bottom));
        }
    }

    protected override bool CanSelect(int index) => rows[index].Name is not null;

    private void DrawHealth(Canvas area)
    {
        area.Rule(0, Style.Quiet);
        area.WriteFitted(area.Write(1, 1, "Health    ", Style.Quiet), 1, area.Width - 12, health);
        area.WriteFitted(area.Write(1, 2, "Last run  ", Style.Quiet), 2, area.Width - 12, lastRun);
    }

    private static Hint[] HintsOf(params Command[] commands) => Array.ConvertAll(commands, Chrome.HintOf);

    private ImmutableArray<ProjectRow> RowsOf(AppState state)
    {
        var result = ImmutableArray.CreateBuilder<ProjectRow>();
        var dependencies = state.Facts?.Manifest.Dependencies ?? [];
        var added = state.Plan.Steps.Where(step => step is { Sign: '+', Subject: not null });
        AddGroup(result, state, dependencies.Where(d => d.Group == DependencyGroup.Normal), null);
        result.AddRange(added.Select(step => new ProjectRow(step.Subject, step.Subject!.Value, "", "", "", $"+ staged: {step.Words}", new Style(Ink.Changed), 1)));
        AddGroup(result, state, dependencies.Where(d => d.Group == DependencyGroup.Build), "Build");
        AddGroup(result, state, dependencies.Where(d => d.Group == DependencyGroup.Dev), "Development");
        return result.ToImmutable();
    }

    private void AddGroup(ImmutableArray<ProjectRow>.Builder result, AppState state, IEnumerable<Dependency> dependencies, string? heading)
    {
        var filter = RowFilter.Parse(Filter.Text);
        var group = dependencies
            .Select(dependency => ProjectRow.Of(state, dependency))
            .Where(row => filter.Admits(row.Filtered))
            .ToList();
        if (group.Count > 0 && heading is not null)
        {
            result.Add(ProjectRow.Heading($"{heading} ({group.Count})"));
        }

        result.AddRange(Order switch
        {
            ProjectOrder.Attention => group.OrderBy(row => row.Rank),
            ProjectOrder.Name => group.OrderBy(row => row.Title, StringComparer.Ordinal),
            _ => group,
        });
    }

    // As wide as what stands in them, so that room goes to the notes.
    private static Column[] Fitted(ImmutableArray<ProjectRow> rows) =>
    [
        Fitted(columns[0], rows, row => row.Title), Fitted(columns[1], rows, row => row.Wanted), Fitted(columns[2], rows, row => row.Locked),
        Fitted(columns[3], rows, row => row.Latest), Fitted(columns[4], rows, row => row.Note),
    ];

    private static Column Fitted(Column column, ImmutableArray<ProjectRow> rows, Func<ProjectRow, string> text)
    {
        var widest = rows.Where(row => row.Name is not null).Select(row => Clusters.Measure(text(row))).DefaultIfEmpty(0).Max();
        return column with { Width = Math.Max(column.Width, Math.Min(widest, column.Title == "note" ? widest : FittedMax)) };
    }

    private string HeadingOf(AppState state)
    {
        var direct = state.Facts?.Manifest.Dependencies.Count(dependency => dependency.Group == DependencyGroup.Normal) ?? 0;
        var order = Order switch { ProjectOrder.Attention => "attention first", ProjectOrder.Name => "name", _ => "as written" };
        var filter = Filter.Text.Length == 0 ? "" : $"   filter: {Filter.Text}";
        return $"Direct dependencies ({direct}){filter}   sort: {order}";
    }

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        if (Selected is not { } name)
        {
            return detail.Text(Filter.Text.Length == 0 ? "" : "No dependency is like that.", Style.Quiet).Lines;
        }

        var node = state.Graph.Find(name);
        detail.Heading(state, name, node < 0 ? null : state.Graph.Nodes[node].Package.Id.Version);
        if (state.Plan.Conflict is { } conflict && conflict.Explanation.Packages.Contains(name))
        {
            detail.Text($"! {conflict.Explanation.Headline}", new Style(Ink.Problem));
            detail.Text("f shows what would help").Gap();
        }

        return detail.Facts(state, name, node < 0 ? null : state.Graph.Nodes[node].Package.Id.Version).NeededBy(state, node).Lines;
    }

    // What the rows follow from; compared by reference but for the small ones.
    private readonly record struct Inputs(
        ProjectOverview? Facts, ImmutableDictionary<PackageName, PackageIndex>? Packages, StagedPlan? Plan, object? Advisories, object? Troubles, TextInput? Filter, ProjectOrder Order)
    {
        public bool Equals(Inputs other) => ReferenceEquals(Facts, other.Facts) && ReferenceEquals(Packages, other.Packages)
            && ReferenceEquals(Plan, other.Plan) && ReferenceEquals(Advisories, other.Advisories) && ReferenceEquals(Troubles, other.Troubles) && ReferenceEquals(Filter, other.Filter) && Order == other.Order;

        public override int GetHashCode() => HashCode.Combine(Facts, Order);
    }

    private readonly ref struct TableRows(ReadOnlySpan<ProjectRow> rows, Marks marks, ReadOnlySpan<int> widths) : IRows
    {
        private readonly ReadOnlySpan<ProjectRow> rows = rows;
        private readonly ReadOnlySpan<int> widths = widths;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var line = rows[index];
            if (line.Name is null)
            {
                row.Write(0, 0, line.Title, Style.Strong);
                return;
            }

            if (marks.Has(line.Name.Normal))
            {
                row.Write(0, 0, "*", new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
            }

            var x = Table.DrawField(row, 2, widths[0], line.Title);
            x = Table.DrawField(row, x, widths[1], line.Wanted, Style.Quiet);
            x = Table.DrawField(row, x, widths[2], line.Locked);
            x = Table.DrawField(row, x, widths[3], line.Latest);
            Table.DrawField(row, x, widths[4], line.Note, line.Style);
        }
    }
}

internal enum ProjectOrder
{
    Attention,
    Name,
    Written,
}
