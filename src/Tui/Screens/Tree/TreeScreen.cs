using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Tui.Screens.Package;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Tree;

/// <summary>The locked graph as a tree: who brings what, why here, why not newer.</summary>
internal sealed record TreeScreen : ListScreen
{
    private const int HeadingRows = 1;
    private const int WaysMax = 5;
    private const int DependentsMax = 8;
    private const int WeighedMax = 40;

    private static readonly Hint[] hints =
    [
        new("l h", "open close"), new("i", "invert"), .. new[] { Command.Why, Command.WhyNotNewer, Command.Versions, Command.Remove, Command.Filter }.Select(Chrome.HintOf),
    ];

    private DependencyGraph? laidOut;
    private GraphRow[] rows = [];
    private ImmutableArray<string> wants = [];
    private ImmutableHashSet<int> markedNodes = [];
    private (Marks?, DependencyGraph?) markedFrom;
    private ImmutableArray<DetailLine> answer = [];
    private ImmutableArray<DetailLine> absence = [];

    public ImmutableHashSet<int> Unfolded { get; init; } = [];

    /// <summary>The package whose dependents are shown; null for the tree from the project down.</summary>
    public int? Inverted { get; init; }

    public TextInput Filter { get; init; } = TextInput.Empty;

    public bool IsFiltering { get; init; }

    public string Heading { get; init; } = "";

    public override Scope Scope => Scope.Tree;

    public override bool IsTyping => IsFiltering;

    public override ReadOnlySpan<Hint> Hints => absence.IsEmpty ? hints : Absence.Hints;

    public override int Count => rows.Length;

    // The number of the selected package, or -1.
    private int Node => Scroll.Selected < rows.Length ? rows[Scroll.Selected].Tree.Node : -1;

    // A shared package has a mark at its first row only: a command does it once.
    protected override string? MarkOf(int index) => index < Count && rows[index] is { Fold: not Fold.Repeated } row && laidOut is { } graph && graph.Nodes[row.Tree.Node].Package.Source is not PackageSource.Member
        ? graph.Nodes[row.Tree.Node].Package.Id.ToString()
        : null;

    public override Rect Rows(in Layout layout) => layout.List.SplitTop(HeadingRows).Below;

    public override Step Do(AppState state, Command command)
    {
        var node = Node;
        return command switch
        {
            Command.Filter => state.WithTop(this with { IsFiltering = true }),
            Command.Back => state.WithTop(LaidOut(state, this with { IsFiltering = false, Filter = TextInput.Empty, Inverted = null }, node)),
            Command.Open when IsFiltering => state.WithTop(this with { IsFiltering = false }),
            Command.UnfoldAll => state.WithTop(LaidOut(state, this with { Unfolded = [.. Enumerable.Range(0, state.Graph.Nodes.Length)] }, node)),
            Command.FoldAll => state.WithTop(LaidOut(state, this with { Unfolded = [.. state.Graph.Roots] }, node)),
            _ when node < 0 => base.Do(state, command),
            Command.Unfold => Unfold(state, node),
            Command.FoldUp => FoldUp(state, node),
            Command.Invert => state.WithTop(LaidOut(state, this with { Inverted = Inverted is null ? node : null, Filter = TextInput.Empty, Unfolded = Unfolded.Add(node) }, node)),
            _ => DoWith(state, command, state.Graph.Nodes[node].Package.Id.Name),
        };
    }

    public override Step Type(AppState state, InputEvent input) => Filter.After(input) is { } filter
        ? state.WithTop(LaidOut(state, this with { Filter = filter }, -1).AtFirstMatch(state.Graph))
        : state;

    public override Screen Fresh(AppState state)
    {
        var next = ReferenceEquals(laidOut, state.Graph) ? this : LaidOut(state, this with { Unfolded = FirstUnfolded(state.Graph), Inverted = null }, -1);
        return next with { Scroll = next.Settled(state.Layout), absence = AbsenceOf(state) };
    }

    public override Subject? SubjectOf(AppState state) => Node is >= 0 and var node ? new(state.Graph.Nodes[node].Package.Id.Name, state.Graph.Nodes[node].Package.Id.Version) : null;

    protected override int AnswerCount => answer.Length;

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state), wants = WantsInView(state), markedFrom = (Marks, state.Graph), markedNodes = markedFrom == (Marks, state.Graph) ? markedNodes : MarkedNodes(state.Graph) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        if (!absence.IsEmpty)
        {
            Detail.Draw(canvas.Part(layout.List.Shrink(1, 0)), absence);
            return;
        }

        var head = canvas.Part(layout.List);
        if (IsFiltering)
        {
            var x = head.Write(1, 0, "Filter: ", Style.Quiet);
            TextField.Draw(head.Part(new Rect(x, 0, head.Width - x, 1)), Filter, "letters of a name, dup: -word", Focus.Here);
        }
        else
        {
            head.WriteFitted(1, 0, head.Width - 1, Heading, Style.Quiet);
        }

        var area = Rows(layout);
        var view = Scroll.InView(Count, area.Height);
        ListView.Draw(canvas.Part(area), new Lines(state.Graph, rows, markedNodes, wants.AsSpan(), view.Top), Scroll, ListFocus);
    }

    private Step DoWith(AppState state, Command command, PackageName name) => command switch
    {
        Command.Open => state.Open(new PackagePage(name)),
        Command.Remove => Bulk.Do(state, MarkedOrSelected(), (now, row) => Staging.Remove(now, state.Graph.Nodes[rows[row].Tree.Node].Package.Id.Name)),
        Command.Versions => state.Open(new VersionsPage(name)),
        Command.Update => Bulk.Do(state, MarkedOrSelected(), (now, row) => Staging.Update(now, state.Graph.Nodes[rows[row].Tree.Node].Package.Id.Name)),
        Command.Why => TextPage.Why(state, name),
        Command.WhyNotNewer => TextPage.WhyNotNewer(state, name),
        _ => base.Do(state, command),
    };

    private Step Unfold(AppState state, int node) => rows[Scroll.Selected].Fold switch
    {
        Fold.Closed => state.WithTop(LaidOut(state, this with { Unfolded = Unfolded.Add(node) }, -1)),
        Fold.Open => base.Do(state, Command.Down),
        Fold.Repeated => state.WithTop(this with { Scroll = Scroll.Select(Array.FindIndex(rows, row => row.Tree.Node == node && row.Fold == Fold.Open), Count) }),
        _ => state,
    };

    private Step FoldUp(AppState state, int node)
    {
        if (rows[Scroll.Selected].Fold == Fold.Open && Filter.Text.Length == 0)
        {
            return state.WithTop(LaidOut(state, this with { Unfolded = Unfolded.Remove(node) }, -1));
        }

        var depth = rows[Scroll.Selected].Tree.Depth;
        var parent = depth == 0 ? -1 : ParentOf(Scroll.Selected);
        return parent < 0 ? state : state.WithTop(this with { Scroll = Scroll.Select(parent, Count) });
    }

    // Small projects are shown with their direct dependencies' needs, large ones with the direct dependencies alone.
    private static ImmutableHashSet<int> FirstUnfolded(DependencyGraph graph)
    {
        const int SmallMax = 60;
        return graph.Nodes.Length <= SmallMax ? [.. Enumerable.Range(0, graph.Nodes.Length)] : [.. graph.Roots];
    }

    private static ImmutableArray<DetailLine> AbsenceOf(AppState state) => Absence.Of(state) is { IsEmpty: false } lines ? lines
        : state.Facts is { Lockfile: null } ? new Detail(state.Layout.List.Width - 2).Gap().Text("Nothing is locked yet.", Style.Strong).Gap()
            .Text(state.Plan.Problem is null ? "p shows what an install would do." : "The plan cannot be solved: f says why.").Lines
        : [];

    // The rows anew; the selection follows a node where one is given.
    private static TreeScreen LaidOut(AppState state, TreeScreen screen, int node)
    {
        var graph = state.Graph;
        var kept = screen.KeptBy(graph);
        var rows = screen.Inverted is { } root && root < graph.Nodes.Length
            ? TreeRows.Of(graph, [root], GraphReading.NeededBy, screen.Unfolded, kept)
            : TreeRows.Of(graph, graph.Roots, GraphReading.Needs, screen.Unfolded, kept);
        var selected = node < 0 ? screen.Scroll.Selected : Math.Max(0, Array.FindIndex(rows, row => row.Tree.Node == node));
        return screen with
        {
            laidOut = graph,
            rows = rows,
            Heading = screen.HeadingOf(graph, rows.Length == 0 ? 0 : rows.Max(row => row.Tree.Depth)),
            Scroll = screen.Scroll.Select(selected, rows.Length),
        };
    }

    private TreeScreen AtFirstMatch(DependencyGraph graph)
    {
        var filter = RowFilter.Parse(Filter.Text);
        var match = Array.FindIndex(rows, row => IsMatch(filter, graph, row.Tree.Node));
        return this with { Scroll = ScrollState.Start.Select(Math.Max(0, match), Count) };
    }

    private static bool IsMatch(RowFilter filter, DependencyGraph graph, int node) =>
        filter.Admits(new FilteredRow(graph.Nodes[node].Name, "", ' ', graph.IsDuplicate(graph.Nodes[node].Package.Id.Name)));

    private bool[]? KeptBy(DependencyGraph graph)
    {
        if (Filter.Text.Length == 0)
        {
            return null;
        }

        var filter = RowFilter.Parse(Filter.Text);
        return graph.WithDependents(Enumerable.Range(0, graph.Nodes.Length).Where(i => IsMatch(filter, graph, i)), Inverted is not null);
    }

    private string HeadingOf(DependencyGraph graph, int depth)
    {
        var view = Inverted is { } root && root < graph.Nodes.Length ? $"Who needs {graph.Nodes[root].Name}" : "By direct dependency";
        var filter = Filter.Text.Length == 0 ? "" : $"   filter: {Filter.Text}";
        var duplicates = graph.DuplicateCount == 0 ? "" : $", {Staging.Count(graph.DuplicateCount, "duplicated name", "duplicated names")}";
        return $"{view}   depth {depth}   {Staging.Count(graph.Nodes.Length, "package", "packages")}{duplicates}{filter}";
    }

    /// <summary>Those whose requirements the rows in view show, and those that the answer about the selected one tells of.</summary>
    public override IEnumerable<PackageName> LooksAt(AppState state) => Node is >= 0 and var node
        ? ParentsInView(state).Concat(Weighed(state)).Concat(state.Graph.NeededBy(node).ToArray().Take(DependentsMax)).Append(node)
            .Select(number => state.Graph.Nodes[number].Package.Id.Name)
        : [];

    private IEnumerable<int> ParentsInView(AppState state)
    {
        var view = Scroll.InView(Count, Rows(state.Layout).Height);
        var end = Math.Min(Count, view.Top + Rows(state.Layout).Height);
        return Enumerable.Range(view.Top, end - view.Top)
            .Select(row => Inverted is null ? ParentOf(row) : row)
            .Where(row => row >= 0)
            .Select(row => rows[row].Tree.Node)
            .Distinct();
    }

    private ImmutableHashSet<int> MarkedNodes(DependencyGraph graph) => Marks.IsEmpty ? []
        : [.. Enumerable.Range(0, graph.Nodes.Length).Where(node => Marks.Has(graph.Nodes[node].Package.Id.ToString()))];

    // The packages whose sizes the weight of the selected one is made of; of very many, the first.
    private IEnumerable<int> Weighed(AppState state) => Node is >= 0 and var node ? state.Graph.Reached(node).Take(WeighedMax) : [];

    private int ParentOf(int row)
    {
        var depth = rows[row].Tree.Depth;
        return depth == 0 ? -1 : Array.FindLastIndex(rows, row, other => other.Tree.Depth < depth);
    }

    // What the rows in view are wanted as; only those, since it takes a look at their dependents' releases.
    private ImmutableArray<string> WantsInView(AppState state)
    {
        var view = Scroll.InView(Count, Rows(state.Layout).Height);
        var result = ImmutableArray.CreateBuilder<string>();
        for (var i = view.Top; i < Math.Min(Count, view.Top + Rows(state.Layout).Height); i++)
        {
            var parent = ParentOf(i);
            var (from, to) = Inverted is null ? (parent, i) : (i, parent);
            result.Add(parent >= 0 && PackageAnswer.WantedBy(state, rows[from].Tree.Node, rows[to].Tree.Node) is { } wanted ? $"wants {wanted}" : "");
        }

        return result.ToImmutable();
    }

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        if (Node is not (>= 0 and var node))
        {
            return detail.Text(state.Facts is { Lockfile: null } ? "Nothing is locked yet: p plans the install." : "Nothing to show.", Style.Quiet).Lines;
        }

        var package = state.Graph.Nodes[node].Package;
        detail.Heading(state, package.Id.Name, package.Id.Version);
        if (package.Source is not PackageSource.Member)
        {
            detail.Ways(state, node, WaysMax).Newer(state, node);
            var alone = state.Graph.CountOnlyFor(node);
            detail.Pair("Weight", WeightOf(state, node));
            detail.Pair("If removed", alone == 0 ? "nothing else goes away" : $"{Staging.Count(alone, "other package goes", "other packages go")} too");
        }

        return detail.Facts(state, package.Id.Name, package.Id.Version).Lines;
    }

    /// <summary>Compressed bytes of a package, and of all it needs; only as far as their releases are read.</summary>
    private static string? WeightOf(AppState state, int node)
    {
        if (SizeOf(state, node) is not { } own)
        {
            return null;
        }

        var sizes = state.Graph.Reached(node).ConvertAll(other => SizeOf(state, other));
        var unknown = sizes.Count(size => size is null);
        var all = $"{PackageAnswer.SizeText(sizes.Sum() ?? 0)} with what it needs";
        return $"{PackageAnswer.SizeText(own)} alone, {(unknown == 0 ? all : $"more than {all}")}";
    }

    private static long? SizeOf(AppState state, int node) => state.ReleaseOf(state.Graph.Nodes[node].Package.Id)?.Archive?.Size;

    private readonly ref struct Lines(DependencyGraph graph, GraphRow[] rows, ImmutableHashSet<int> marked, ReadOnlySpan<string> wants, int top) : IRows
    {
        private const int WantsColumn = 34;

        private readonly ReadOnlySpan<string> wants = wants;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var (tree, fold) = rows[index];
            var node = graph.Nodes[tree.Node];
            var x = TreeGuides.Draw(row, tree);
            x = row.Write(x, 0, fold == Fold.Closed ? "▸ " : "");
            x = marked.Contains(tree.Node) ? row.Write(x, 0, "* ", new Style(Ink.Accent, Ink.Default, Emphasis.Strong)) : x;
            x = row.Write(x, 0, node.Name, tree.Depth == 0 ? Style.Strong : Style.Plain);
            x = row.Write(x + 1, 0, node.Version, Style.Quiet);
            x = Math.Max(x + 2, Math.Min(WantsColumn, row.Width / 2));
            x = index - top < wants.Length && index >= top ? row.Write(x, 0, wants[index - top], Style.Quiet) : x;
            var mark = fold == Fold.Repeated ? "(see above)" : node.Shared;
            if (mark.Length > 0)
            {
                row.Write(Math.Max(x + 2, row.Width - 14), 0, mark, new Style(Ink.Accent));
            }
        }
    }
}
