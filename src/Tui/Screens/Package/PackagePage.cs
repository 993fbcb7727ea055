using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Package;

/// <summary>All about one package: README, versions, what it needs, who needs it, files, and what changed between two versions.</summary>
internal sealed record PackagePage(PackageName Name) : ListScreen
{
    private const int HeadingRows = 3;

    private static readonly string[] titles = ["README", "Versions", "Needs", "Needed by", "Files", "Changes", "Advisories"];

    // For windows that are too narrow for the words.
    private static readonly string[] shortTitles = ["README", "Vers", "Needs", "By", "Files", "Diff", "Adv"];

    private const int TitlesNeed = 71;

    private static readonly Hint[] hints =
    [
        new("Tab", "pane"), new("Esc", "back"), .. new[] { Command.Add, Command.Remove, Command.Versions, Command.Update, Command.Why, Command.Pin }.Select(Chrome.HintOf),
    ];

    private static readonly Hint[] versionHints = [new("Enter", "look at it"), new("Space", "mark two"), new("Tab", "pane"), .. new[] { Command.Add, Command.Versions, Command.Pin }.Select(Chrome.HintOf)];

    private static readonly Hint[] fetchHints = [new("Enter", "fetch or open"), .. hints];

    private ImmutableArray<PageRow> rows = [];
    private ImmutableArray<DetailLine> answer = [];
    private Inputs madeFrom;

    public PackagePane Pane { get; init; }

    /// <summary>The version whose contents are shown; null for the one in use, else the newest.</summary>
    public SemanticVersion? Shown { get; init; }

    /// <summary>Versions to compare, at most two.</summary>
    public ImmutableArray<SemanticVersion> Marked { get; init; } = [];

    public string Heading { get; init; } = "";

    public override Scope Scope => Scope.Package;

    public override ReadOnlySpan<Hint> Hints => Pane switch
    {
        PackagePane.Versions => versionHints,
        PackagePane.Readme or PackagePane.Files or PackagePane.Changes => fetchHints,
        _ => hints,
    };

    public override int Count => rows.Length;

    // README and changes are read: there the keys move the text, and no row is selected.
    private bool IsText => Pane is PackagePane.Readme or PackagePane.Changes or PackagePane.Advisories;

    private PageRow? Selected => !IsText && Scroll.Selected < rows.Length ? rows[Scroll.Selected] : null;

    public SemanticVersion? ShownIn(AppState state) => Shown ?? Looking.VersionOf(state, Name);

    public Release? ReleaseIn(AppState state) => ShownIn(state) is { } version ? state.ReleaseOf(new PackageId(Name, version)) : null;

    /// <summary>The marked versions; without two, the shown one and the newest, or the one before it.</summary>
    public (SemanticVersion From, SemanticVersion To)? PairIn(AppState state)
    {
        if (Marked.Length == 2)
        {
            return Marked[0] < Marked[1] ? (Marked[0], Marked[1]) : (Marked[1], Marked[0]);
        }

        if (state.Packages.GetValueOrDefault(Name) is not { } index || ShownIn(state) is not { } shown)
        {
            return null;
        }

        return index.Latest is { } latest && latest.Id.Version > shown ? (shown, latest.Id.Version)
            : index.Releases.LastOrDefault(release => release.Id.Version < shown) is { } before ? (before.Id.Version, shown)
            : null;
    }

    public override Rect Rows(in Layout layout) => layout.List.SplitTop(HeadingRows).Below;

    public override Subject SubjectOf(AppState state) => Selected switch
    {
        { Package: { } other } => Subject.Of(state, other),
        { Version: { } version } => new(Name, version),
        _ => new(Name, ShownIn(state)),
    };

    public override IEnumerable<PackageName> LooksAt(AppState state) => Admission.Asks(state, Name);

    public override Step Ask(AppState state) => ShownIn(state) is { } version ? Looking.AskContents(state, new PackageId(Name, version)) : state;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.NextPane => state.WithTop(At((PackagePane)(((int)Pane + 1) % titles.Length))),
        Command.PreviousPane => state.WithTop(At((PackagePane)(((int)Pane + titles.Length - 1) % titles.Length))),
        Command.Open => Open(state),
        Command.Mark when Pane == PackagePane.Versions && Selected?.Version is { } version => state.WithTop(Mark(version)),
        Command.Versions => state.Open(new VersionsPage(Name)),
        Command.Add => Staging.Add(state, Name, state.Packages.GetValueOrDefault(Name)?.Latest?.Id.Version, DependencyGroup.Normal),
        Command.AddDev => Staging.Add(state, Name, state.Packages.GetValueOrDefault(Name)?.Latest?.Id.Version, DependencyGroup.Dev),
        Command.Remove => Staging.Remove(state, Name),
        Command.Update => Staging.Update(state, Name),
        Command.Pin => Staging.Pin(state, Name),
        Command.Why => TextPage.Why(state, Name),
        Command.WhyNotNewer => TextPage.WhyNotNewer(state, Name),
        Command.Back or Command.Quit => state.Close(),
        Command.Up when IsText => Read(state, -1),
        Command.Down when IsText => Read(state, 1),
        Command.PageUp when IsText => Read(state, 1 - Rows(state.Layout).Height),
        Command.PageDown when IsText => Read(state, Rows(state.Layout).Height - 1),
        Command.First when IsText => Read(state, -Count),
        Command.Last when IsText => Read(state, Count),
        _ => base.Do(state, command),
    };

    public override Step Point(AppState state, InputEvent.Mouse mouse)
    {
        var heading = state.Layout.List.SplitTop(HeadingRows).Top;
        if (mouse.Action == MouseAction.Press && mouse.Y == heading.Y + 1)
        {
            return Tabs.At(TitlesFor(heading.Width), mouse.X - heading.X) is >= 0 and var pane ? state.WithTop(At((PackagePane)pane)) : state;
        }

        return IsText ? Read(state, mouse.Action switch { MouseAction.WheelUp => -WheelRows, MouseAction.WheelDown => WheelRows, _ => 0 }) : base.Point(state, mouse);
    }

    public override Screen Fresh(AppState state)
    {
        var shown = ShownIn(state);
        var inputs = new Inputs(state.Packages, state.Graph, state.Looks, state.Plan, Pane, shown, Marked, Rows(state.Layout).Width);
        var next = inputs == madeFrom ? this : this with { madeFrom = inputs, rows = PackageRows.Of(state, this, inputs.Width), Heading = HeadingOf(state, shown) };
        return next with { Scroll = IsText ? next.Reading(state, 0) : next.Settled(state.Layout) };
    }

    public override Screen Bare => this with { rows = [], answer = [], madeFrom = default };

    public override Screen Answered(AppState state)
    {
        var node = state.Graph.Find(Name);
        var locked = node < 0 ? null : state.Graph.Nodes[node].Package.Id.Version;
        var detail = Detail.For(state.Layout);
        return this with { answer = detail.Heading(state, Name, ShownIn(state) ?? locked).Facts(state, Name, locked, ShownIn(state)).NeededBy(state, node).Lines };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var head = canvas.Part(layout.List);
        head.WriteFitted(1, 0, head.Width - 2, Heading, Style.Strong);
        Tabs.Draw(head.RowAt(1), TitlesFor(head.Width), (int)Pane);
        var area = canvas.Part(Rows(layout));
        if (IsText)
        {
            for (var y = 0; y < area.Height && Scroll.Top + y < rows.Length; y++)
            {
                rows[Scroll.Top + y].Draw(area.RowAt(y));
            }

            Scrollbar.Draw(area, Scroll.Top, rows.Length);
        }
        else
        {
            ListView.Draw(area, new DrawnRows(rows.AsSpan()), Scroll, Count > 0 && CanSelect(Scroll.Selected) ? Focus.Here : Focus.Elsewhere);
        }
    }

    // Remarks between the rows are passed over, where there is anything else.
    protected override bool CanSelect(int index) => rows[index] is not { Package: null, Version: null, File: null };

    private Step Open(AppState state) => Pane switch
    {
        PackagePane.Readme or PackagePane.Files when Missing(state) is { } package => Fetch(state, package),
        PackagePane.Files when Selected?.File is { } file && ShownIn(state) is { } version => FilePage.Open(state, new PackageId(Name, version), file),
        PackagePane.Versions when Marked.Length == 2 => state.WithTop(At(PackagePane.Changes)),
        PackagePane.Versions when Selected?.Version is { } version => state.WithTop(At(PackagePane.Readme) with { Shown = version }),
        PackagePane.Needs or PackagePane.NeededBy when Selected?.Package is { } name => state.Open(new PackagePage(name)),
        PackagePane.Changes => Compare(state),
        _ => state,
    };

    private PackageId? Missing(AppState state) =>
        ShownIn(state) is { } version && new PackageId(Name, version) is var id
        && state.Looks.Contents.Find(id) is Outcome<ContentsReport>.Done { Report.IsHere: false } or Outcome<ContentsReport>.Failed or Outcome<ContentsReport>.Cancelled
            ? id : null;

    private static Step Fetch(AppState state, PackageId package) =>
        (state with { Looks = state.Looks with { Contents = state.Looks.Contents.With(package, null) } })
            .Start($"fetch {package}", new AskContents(package, ContentsReach.Fetch));

    private Step Compare(AppState state)
    {
        if (PairIn(state) is not { } pair
            || (state.Looks.Differences.TryGet((Name, pair.From, pair.To), out var known) && known is null or Outcome<ReleaseDifferenceReport>.Done))
        {
            return state;
        }

        return (state with { Looks = state.Looks with { Differences = state.Looks.Differences.With((Name, pair.From, pair.To), null) } })
            .Start($"compare {Name} {pair.From} and {pair.To}", new AskDifference(Name, pair.From, pair.To));
    }

    private PackagePage At(PackagePane pane) => this with { Pane = pane, Scroll = ScrollState.Start };

    // A third mark takes the place of the older one.
    private PackagePage Mark(SemanticVersion version) => this with
    {
        Marked = Marked.Contains(version) ? Marked.Remove(version) : Marked.Length < 2 ? Marked.Add(version) : [Marked[1], version],
    };

    private static string[] TitlesFor(int width) => width < TitlesNeed ? shortTitles : titles;

    private Step Read(AppState state, int by) => state.WithTop(this with { Scroll = Reading(state, by) });

    private ScrollState Reading(AppState state, int by) =>
        Scroll with { Selected = 0, Top = Math.Clamp(Scroll.Top + by, 0, Math.Max(0, Count - Rows(state.Layout).Height)) };

    private string HeadingOf(AppState state, SemanticVersion? shown)
    {
        var marks = Marked.Length > 0 ? $"   marked: {string.Join(", ", Marked)}" : "";
        return $"{Name} {shown}   {ReleaseIn(state)?.Description}{marks}";
    }

    // What the rows follow from; compared by reference but for the small ones.
    private readonly record struct Inputs(
        ImmutableDictionary<PackageName, PackageIndex>? Packages, DependencyGraph? Graph, PackageLooks? Looks, StagedPlan? Plan, PackagePane Pane,
        SemanticVersion? Shown, ImmutableArray<SemanticVersion> Marked, int Width)
    {
        public bool Equals(Inputs other) => ReferenceEquals(Packages, other.Packages) && ReferenceEquals(Graph, other.Graph) && ReferenceEquals(Looks, other.Looks)
            && ReferenceEquals(Plan, other.Plan) && Pane == other.Pane && Shown == other.Shown && Marked == other.Marked && Width == other.Width;

        public override int GetHashCode() => HashCode.Combine(Graph, Pane, Width);
    }

    private readonly ref struct DrawnRows(ReadOnlySpan<PageRow> rows) : IRows
    {
        private readonly ReadOnlySpan<PageRow> rows = rows;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index) => rows[index].Draw(row);
    }
}
