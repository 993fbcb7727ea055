using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Explaining;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>
/// A proof in words. Steps that only say how features, choices and packages hang together say nothing to a reader: what
/// follows from them and something else is that something else.
/// </summary>
internal sealed class Telling(FactBook book)
{
    private const int VersionsMax = 3;

    private readonly List<DerivationStep> _steps = [];

    public Derivation Tell(Proof proof)
    {
        var numbers = new int[proof.Nodes.Length];
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < proof.Nodes.Length; i++)
        {
            numbers[i] = Tell(proof.Nodes[i], numbers, told);
        }

        var left = Math.Max(0, _steps.Count - Derivation.StepsMax);
        return new([.. _steps.Skip(left)], left);
    }

    /// <returns>The number of the step that says it; 0 when it says nothing.</returns>
    private int Tell(ProofNode node, int[] numbers, Dictionary<string, int> told)
    {
        var (first, second) = node.IsLeaf ? (0, 0) : (numbers[node.First], numbers[node.Second]);
        if (!node.IsLeaf && (first == 0 || second == 0 || first == second))
        {
            return Math.Max(first, second);
        }

        var text = node.IsLeaf ? Fact(node) : Follows(node.Terms);
        if (text.Length == 0)
        {
            return node.IsLeaf ? 0 : Math.Max(first, second);
        }

        if (!told.TryGetValue(text, out var number))
        {
            told[text] = number = _steps.Count + 1;
            _steps.Add(new(number, text, Math.Min(first, second), Math.Max(first, second)));
        }

        return number;
    }

    private string Fact(ProofNode leaf)
    {
        var facts = leaf.Facts.Where(fact => fact >= 0).ToList();
        if (facts.Count == 0)
        {
            return "";
        }

        var versions = facts.Select(book.Universe.Fact).Aggregate(OrdinalSet.Empty, (set, fact) => set.Union(fact.Versions));
        return book.Info(facts[0]) switch
        {
            LineFact { Line: { From.Table.Root: { } root } line } info =>
                $"{(root.Folder == "." ? "you ask" : $"{line.From.Name} asks")} for {Asked(info, facts)}{(line.Place is { } place ? $" ({place})" : "")}",
            LineFact info => $"{Subject(info.Asker, versions)} needs {Asked(info, facts)}",
            UnavailableFact { Wish: { } wish } => $"you said that {wish.Words}",
            UnavailableFact info => $"{Subject(info.Node, versions)} cannot be had: {Why(info)}",
            FeatureMissingFact info => $"{Subject(info.Node.Owner, versions)} has no feature `{info.Node.Feature}`",
            TwoSourcesFact info => $"{info.First.Name} has one source only",
            CopiesFact info => $"you said that {info.Wish.Words}",
            LinksFact info => $"{info.First.Name} and {info.Second.Name} both link `{info.Links}`",
            _ => "",
        };
    }

    private string Asked(LineFact info, List<int> facts)
    {
        var constraints = facts.Select(book.Info).OfType<LineFact>().Select(fact => fact.Line.Constraint).Distinct().ToList();
        return Wording.Asked(info.Line.Name, constraints) + (info.Feature is null or FeatureGraph.Default ? "" : $" with feature `{info.Feature}`");
    }

    private static string Why(UnavailableFact info) => info.Reason switch
    {
        UnavailableReason.Yanked => "yanked",
        UnavailableReason.Quarantined => "in quarantine",
        UnavailableReason.Revoked => "revoked",
        UnavailableReason.TooNew => "newer than the as-of date",
        _ => $"it needs {info.Engine} {info.Needs!.Text}",
    };

    private string Follows(ImmutableArray<Term> terms)
    {
        var shown = terms.Where(term => book.NodeOf(term.Package) is not ProjectNode && !IsOwn(term)).ToList();
        var chosen = shown.Where(term => !term.OrAbsent).Select(term => Subject(book.NodeOf(term.Package), term.Versions)).ToList();
        var absent = shown.Where(term => term.OrAbsent).ToList();
        if (shown.Count == 0)
        {
            return "so nothing fits";
        }

        var needs = absent.ConvertAll(Needed);
        return needs.Count > 0
            ? $"so {(chosen.Count == 0 ? "this" : Wording.List(chosen))} {(chosen.Count > 1 ? "together need" : "needs")} {Wording.List(needs, "or")}"
            : chosen.Count == 1 ? $"so {chosen[0]} cannot be used" : $"so {Wording.List(chosen)} cannot be used together";
    }

    // The project's own manifests are always there.
    private bool IsOwn(Term term) => !term.OrAbsent && book.NodeOf(term.Package) switch
    {
        VersionsNode node => node.Table.Root is not null,
        TiedNode node => node.Owner.Table.Root is not null,
        _ => false,
    };

    private string Needed(Term term) => Subject(book.NodeOf(term.Package), OrdinalSet.Range(0, book.NodeOf(term.Package).Count).Except(term.Versions));

    private static string Subject(Node node, OrdinalSet versions) => node switch
    {
        VersionsNode n => Of(n, versions),
        FeatureNode n => $"{Of(n.Owner, versions)}{(n.Feature == FeatureGraph.Default ? "" : $" with feature `{n.Feature}`")}",
        WeakNode n => $"{Of(n.Owner, versions)} with `{n.LocalName}/{n.Feature}`",
        OptionalNode n => $"{Of(n.Owner, versions)} with `{n.LocalName}`",
        ChoiceNode n => Of(n, versions),
        ChoiceFeatureNode n => $"{Of(n.Choice, versions)}{(n.Feature == FeatureGraph.Default ? "" : $" with feature `{n.Feature}`")}",
        _ => "the project",
    };

    private static string Of(ChoiceNode choice, OrdinalSet ranges)
    {
        var names = Enumerable.Range(0, choice.Count).Where(ranges.Contains).Select(i => $"{choice.Choices[i].Node.Range}").ToList();
        return $"{choice.Line.Name} {(names.Count == 0 ? "in no version" : Wording.List(names, "or"))} for {choice.Line.From.Name}";
    }

    private static string Of(VersionsNode node, OrdinalSet ordinals)
    {
        var all = node.Releases.Select(release => release.Id.Version).ToList();
        var some = Enumerable.Range(0, node.Count).Where(ordinals.Contains).Select(i => all[i]).ToList();
        return some.Count == 0 ? $"a {node.Name} that is not there"
            : some.Count == all.Count ? (node.Range is { } range ? $"{node.Name} {range}" : $"any {node.Name}")
            : some.Count <= VersionsMax ? $"{node.Name} {Wording.List(some.Select(version => version.ToString()), "or")}"
            : Wording.Subject(node.Name, some, all, null);
    }
}
