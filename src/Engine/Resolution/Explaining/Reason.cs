using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Explaining;

/// <summary>The facts of a failure sorted by what they say, and the package they meet at.</summary>
internal sealed class Reason
{
    public Reason(FactBook book, IReadOnlyList<int> core)
    {
        (Book, Core) = (book, core);
        var infos = core.Where(fact => fact >= 0).Select(book.Info).ToList();
        Asks = [.. infos.OfType<LineFact>().GroupBy(info => (info.Line, info.Asker)).Select(group => new Ask(
            group.Key.Line, group.Key.Asker, group.Aggregate(OrdinalSet.Empty, (set, info) => set.Union(VersionsOf(info))),
            [.. group.Select(info => info.Feature).OfType<string>().Where(f => f != FeatureGraph.Default).Distinct()]))];
        Unavailable = [.. infos.OfType<UnavailableFact>()];
        MissingFeatures = [.. infos.OfType<FeatureMissingFact>()];
        Features = [.. infos.OfType<FeatureFact>()];
        TwoSources = infos.OfType<TwoSourcesFact>().FirstOrDefault();
        Links = infos.OfType<LinksFact>().FirstOrDefault();
        Wishes = [.. Unavailable.Select(info => info.Wish).OfType<Wish>().Concat(infos.OfType<CopiesFact>().Select(info => info.Wish)).Distinct()];
        Contested = FindContested();

        OrdinalSet VersionsOf(LineFact info) => core.Where(fact => fact >= 0 && ReferenceEquals(book.Info(fact), info))
            .Aggregate(OrdinalSet.Empty, (set, fact) => set.Union(book.Universe.Fact(fact).Versions));
    }

    public FactBook Book { get; }

    public IReadOnlyList<int> Core { get; }

    public List<Ask> Asks { get; }

    public List<UnavailableFact> Unavailable { get; }

    public List<FeatureMissingFact> MissingFeatures { get; }

    public List<FeatureFact> Features { get; }

    public TwoSourcesFact? TwoSources { get; }

    public LinksFact? Links { get; }

    /// <summary>What the user said that is part of the reason.</summary>
    public ImmutableArray<Wish> Wishes { get; }

    /// <summary>The package no release of which fits all that is asked of it; null when there is no single one.</summary>
    public VersionsNode? Contested { get; }

    /// <summary>What the project's own manifests ask for, in their order.</summary>
    public IEnumerable<Ask> Direct => Asks.Where(ask => ask.From.Table.Root is not null);

    public IEnumerable<Ask> AskedOf(VersionsNode node) => Asks.Where(ask => Leads(ask.Line, node));

    /// <summary>What an ask leaves of a node.</summary>
    public static OrdinalSet Allowed(Line line, VersionsNode node) =>
        line.Choice is { } choice
            ? choice.Choices.Where(c => c.Node == node).Aggregate(OrdinalSet.Empty, (set, c) => set.Union(c.Allowed))
            : line.Target == node ? line.Allowed : OrdinalSet.Empty;

    public static bool Leads(Line line, VersionsNode node) =>
        line.Target == node || (line.Choice is { } choice && choice.Choices.Any(c => c.Node == node));

    /// <summary>An ask that nothing can satisfy, whatever the versions of the package that asks; null when there is none or it is not all.</summary>
    public Ask? Dead => IsBranching ? null
        : Asks.GroupBy(ask => (ask.From.Table, ask.Name)).Where(group => group.All(ask => ask.IsDead))
            .Select(group => group.First()).FirstOrDefault();

    /// <summary>Whether different versions of one package fail for different reasons.</summary>
    public bool IsBranching => Asks.Where(ask => !ask.IsDirect).GroupBy(ask => ask.From.Table).Any(from =>
    {
        var groups = from.GroupBy(ask => ask.Name).Select(group => group.SelectMany(ReleasesOf).ToHashSet()).ToList();
        return groups.Exists(a => groups.Exists(b => !a.Overlaps(b)));
    });

    private static IEnumerable<Release> ReleasesOf(Ask ask) =>
        Enumerable.Range(0, ask.From.Count).Where(ask.Versions.Contains).Select(i => ask.From.Releases[i]);

    /// <summary>Whether what is asked of one package lies in several compatible ranges, so that two copies might do.</summary>
    public bool SpansRanges => Asks.Where(ask => ask.Line.Target is not null).GroupBy(ask => ask.Line.Target!).Any(asks =>
        asks.Select(ask => ask.Line).Distinct()
            .SelectMany(line => Enumerable.Range(0, asks.Key.Count).Where(line.Allowed.Contains))
            .Select(i => CompatibleRange.Of(asks.Key.Releases[i].Id.Version)).Distinct().Skip(1).Any());

    private VersionsNode? FindContested()
    {
        var nodes = Asks.SelectMany(Targets).Distinct().ToList();
        var depth = Depths();
        return nodes.Where(IsEmpty)
            .OrderByDescending(node => depth.GetValueOrDefault(node))
            .ThenBy(node => node.Name)
            .FirstOrDefault();
    }

    public static IEnumerable<VersionsNode> Targets(Ask ask) =>
        ask.Line.Choice is { } choice ? choice.Choices.Select(c => c.Node)
        : ask.Line.Target is { } target ? [target] : [];

    private bool IsEmpty(VersionsNode node)
    {
        var left = AskedOf(node).Aggregate(node.All, (set, ask) => set.Intersect(Allowed(ask.Line, node)));
        foreach (var fact in Unavailable.Where(fact => fact.Node == node))
        {
            left = left.Except(fact.Versions);
        }

        foreach (var fact in MissingFeatures.Where(fact => fact.Node.Owner == node))
        {
            left = left.Except(fact.Versions);
        }

        return left.IsEmpty;
    }

    private Dictionary<VersionsNode, int> Depths()
    {
        var depths = new Dictionary<VersionsNode, int>();
        var waiting = new Queue<VersionsNode>();
        foreach (var root in Book.Roots)
        {
            depths[root] = 0;
            waiting.Enqueue(root);
        }

        while (waiting.TryDequeue(out var node))
        {
            foreach (var target in Asks.Where(ask => ask.From == node).SelectMany(Targets))
            {
                if (depths.TryAdd(target, depths[node] + 1))
                {
                    waiting.Enqueue(target);
                }
            }
        }

        return depths;
    }
}

/// <summary>Releases of <see cref="From"/> ask for a package.</summary>
/// <param name="Asker">The releases themselves, or one of their features.</param>
/// <param name="Features">Features asked of it that matter here, without `default`.</param>
internal sealed record Ask(Line Line, Node Asker, OrdinalSet Versions, List<string> Features)
{
    public VersionsNode From => Line.From;

    public bool IsDirect => From.Table.Root is not null;

    public PackageName Name => Line.Name;

    /// <summary>Whether nothing fits it, all else aside.</summary>
    public bool IsDead => Line.Missing is not null || (Line.Table is not null && Line.Choice is null && Line.Allowed.IsEmpty);
}
