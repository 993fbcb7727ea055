using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;
using Registry.Tui.Screens.Package;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Search;

/// <summary>Search as you type over the names of all feeds; a longer query narrows the hits of the shorter one.</summary>
internal sealed record SearchScreen : ListScreen
{
    private const int HeadingRows = 4;
    private const int HitsMax = 200;

    private static readonly Column[] columns = [new("name", 22, 12, Share: 1), new("version", 9, 7), new("why it matches", 20, 8, Share: 2)];

    private static readonly Hint[] typingHints = [new("type", "to search"), new("Down", "to the results"), new("Esc", "clear")];

    private static readonly Hint[] emptyHints = [new("type", "to search"), new("Esc", "leave")];

    private static readonly Hint[] listHints = [.. new[] { Command.Open, Command.Add, Command.AddDev, Command.Versions, Command.Filter }.Select(Chrome.HintOf)];

    private ImmutableArray<DetailLine> answer = [];

    // The rows in view, ready to draw; the first of them is number `drawnFrom`.
    private ImmutableArray<HitRow> drawn = [];
    private int drawnFrom;

    public TextInput Query { get; init; } = TextInput.Empty;

    /// <summary>Keys go to the results, not to the query.</summary>
    public bool IsInList { get; init; }

    public SearchHits? Hits { get; init; }

    public string Summary { get; init; } = "";

    public override Scope Scope => Scope.Search;

    public override bool IsTyping => !IsInList && !IsAnswerFocused;

    public override ReadOnlySpan<Hint> Hints => IsInList ? listHints : Query.Text.Length > 0 ? typingHints : emptyHints;

    public override int Count => Hits?.Count ?? 0;

    private FoundPackage? Selected => Scroll.Selected < Count ? Hits![Scroll.Selected].Package : null;

    /// <summary>To the search, with the query ready to be typed.</summary>
    public static Step Focus(AppState state) =>
        Updating.Show(state.Put(state.ScreenOf<SearchScreen>() with { IsInList = false }), state.TabOf(Scope.Search));

    public override Rect Rows(in Layout layout) => layout.List.SplitTop(HeadingRows).Below;

    public override IEnumerable<PackageName> LooksAt(AppState state) => IsInList && Selected is { } found ? [found.Name] : [];

    public override Step Ask(AppState state) => IsInList && Selected is { } found ? Looking.AskFit(state, found.Name) : state;

    public override Step Do(AppState state, Command command) => (command, Selected) switch
    {
        (Command.Filter, _) => state.WithTop(this with { IsInList = false }),
        (Command.NextPane, _) when !IsInList => state.WithTop(this with { IsInList = Count > 0 }),
        (Command.NextPane, _) when IsAnswerFocused => state.WithTop(this with { IsInList = false, IsAnswerFocused = false }),
        (Command.PreviousPane, _) when IsInList && !IsAnswerFocused => state.WithTop(this with { IsInList = false }),
        (Command.Back, _) when IsInList => state.WithTop(this with { IsInList = false }),
        (Command.Back, _) when Query.Text.Length == 0 => Updating.Show(state, state.TabOf(Scope.Project)),
        (Command.Back, _) => Search(state, TextInput.Empty),
        (Command.Up, _) when IsInList && Scroll.Selected == 0 => state.WithTop(this with { IsInList = false }),
        (Command.Down or Command.Open, not null) when !IsInList => state.WithTop(this with { IsInList = true }),
        (Command.Open, { } found) => state.Open(new PackagePage(found.Name)),
        (Command.Add or Command.AddDev, { }) => Bulk.Do(state, MarkedOrSelected(), (now, row) => Add(now, Hits![row].Package, command)),
        (Command.Versions, { } found) => state.Open(new VersionsPage(found.Name)),
        _ => base.Do(state, command),
    };

    public override Step Type(AppState state, InputEvent input) => Query.After(input) is { } query ? Search(state, query) : state;

    public override Screen Fresh(AppState state)
    {
        var next = Hits is null && state.Names is not null ? Found(state, Query, null) : this;
        return next with { Summary = next.SummaryOf(state), Scroll = next.Settled(state.Layout) };
    }

    public override Subject? SubjectOf(AppState state) => IsInList && Selected is { } found ? new(found.Name, found.Latest) : null;

    protected override int AnswerCount => answer.Length;

    protected override string? MarkOf(int index) => index < Count ? Hits![index].Package.Name.Normal : null;

    public override Screen Answered(AppState state)
    {
        var height = Rows(state.Layout).Height;
        var view = Scroll.InView(Count, height);
        return this with
        {
            answer = AnswerOf(state),
            drawnFrom = view.Top,
            drawn = [.. Enumerable.Range(view.Top, Math.Clamp(Count - view.Top, 0, height)).Select(index => HitRow.Of(state, Hits![index]))],
        };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var head = canvas.Part(layout.List);
        var x = head.Write(1, 0, "Search  ", Style.Quiet);
        TextField.Draw(head.Part(new Rect(x, 0, head.Width - x - 1, 1)), Query, "a name, or words about it", IsInList ? Widgets.Focus.Elsewhere : Widgets.Focus.Here);
        head.WriteFitted(1, 1, head.Width - 2, Summary, Style.Quiet);
        Span<int> widths = stackalloc int[columns.Length];
        Table.Arrange(columns, layout.List.Width - 4, widths);
        Table.DrawHeader(head.Part(new Rect(3, 3, head.Width - 3, 1)), columns, widths);
        if (Hits is not null)
        {
            ListView.Draw(canvas.Part(Rows(layout)), new HitRows(Count, drawn.AsSpan(), drawnFrom, Marks, widths), Scroll, ListFocus);
        }
    }

    private static Step Add(AppState state, FoundPackage found, Command command) =>
        Staging.Add(state, found.Name, found.Latest, command == Command.AddDev ? DependencyGroup.Dev : DependencyGroup.Normal);

    private Step Search(AppState state, TextInput query) =>
        state.WithTop(Found(state, query, Hits is not null && query.Text.StartsWith(Query.Text, StringComparison.Ordinal) ? Hits : null));

    private SearchScreen Found(AppState state, TextInput query, SearchHits? previous)
    {
        var hits = state.Names?.Search(query.Text, HitsMax, previous);
        return this with
        {
            Query = query,
            Hits = hits,
            Scroll = ScrollState.Start,
        };
    }

    private string SummaryOf(AppState state) => state.Names is null
        ? state.NamesTrouble is null ? "reading the names of the feeds" : "the names could not be read"
        : Query.Text.Length == 0 ? $"{Staging.Count(state.Names.Count, "package", "packages")} to find"
        : string.Create(CultureInfo.InvariantCulture, $"{Hits?.Total ?? 0:N0} of {state.Names.Count:N0}");

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        if (state.NamesTrouble is { } trouble)
        {
            return detail.Text(trouble.Message, new Style(Ink.Problem)).Text(trouble.Hint).Lines;
        }

        if (Selected is not { } found)
        {
            return detail.Text(state.Names is null ? "" : Query.Text.Length == 0 ? "Letters of a name, in order, or words of a description." : "Nothing found. Fewer or other letters may help.", Style.Quiet).Lines;
        }

        return AddPlan(detail.Hit(state, found), state, found.Name).Lines;
    }

    // What adding it does to the lock, once that is known.
    private static Detail AddPlan(Detail detail, AppState state, PackageName name)
    {
        if (state.Plan.StepFor(name) is null || state.Plan.Solved is not { } plan)
        {
            return detail;
        }

        detail.Gap().Text("The plan would", Style.Strong);
        foreach (var change in plan.Lock.Changes)
        {
            detail.Text(LockChangeText.Of(change, 0), LockChangeText.StyleOf(change), 2);
        }

        return detail;
    }

    /// <summary>A hit in the texts of its columns.</summary>
    private sealed record HitRow(SearchHit Hit, string Version, HitNote Note)
    {
        public static HitRow Of(AppState state, SearchHit hit) => new(hit, hit.Package.Latest?.ToString() ?? "", HitNote.Of(state, hit.Package));
    }

    private readonly ref struct HitRows(int count, ReadOnlySpan<HitRow> drawn, int drawnFrom, Marks marks, ReadOnlySpan<int> widths) : IRows
    {
        private readonly ReadOnlySpan<HitRow> drawn = drawn;
        private readonly ReadOnlySpan<int> widths = widths;

        public int Count => count;

        public void Draw(Canvas row, int index)
        {
            if (index < drawnFrom || index - drawnFrom >= drawn.Length)
            {
                return;
            }

            var (hit, version, note) = drawn[index - drawnFrom];
            if (marks.Has(hit.Package.Name.Normal))
            {
                row.Write(0, 0, "*", new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
            }

            var x = Table.DrawField(row, 2, widths[0], hit.Package.Name.Value);
            x = Table.DrawField(row, x, widths[1], version, Style.Quiet);
            Table.DrawField(row, x, widths[2], note.Text, note.Style);
            DrawMatched(row, hit);
        }

        // Names are ASCII, so a character of the name is a column.
        private void DrawMatched(Canvas row, SearchHit hit)
        {
            foreach (var at in hit.Matched)
            {
                if (at < Math.Min(widths[0], hit.Package.Name.Value.Length))
                {
                    row.Write(2 + at, 0, hit.Package.Name.Value.AsSpan(at, 1), new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
                }
            }
        }
    }
}
