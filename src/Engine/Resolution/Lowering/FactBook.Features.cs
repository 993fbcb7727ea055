using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

internal sealed partial class FactBook
{
    /// <summary>The node and ordinals that a fact for a line (or for a feature of it) leads to.</summary>
    private (Node Target, OrdinalSet Allowed) Destination(Line line, string? feature)
    {
        if (line.Choice is { } choice)
        {
            return feature is null || !choice.Choices.Any(c => Offers(c.Node, feature))
                ? (choice, choice.All)
                : (ChoiceFeatureOf(choice, feature), choice.All);
        }

        if (line.Target is not { } target)
        {
            return (Void, OrdinalSet.Empty);
        }

        return feature is null || line.Allowed.IsEmpty || !Offers(target, feature)
            ? (target, line.Allowed)
            : (FeatureOf(target, feature), line.Allowed);
    }

    // Asking for `default` where no release has it asks for nothing; asking for any other feature must be able to fail.
    private bool Offers(VersionsNode node, string feature) =>
        feature != FeatureGraph.Default
        || node.Graphs(_request.Options).Any(pair => pair.Graph.Has(FeatureGraph.Default));

    private FeatureNode FeatureOf(VersionsNode owner, string feature) =>
        TiedOf(owner, "f " + feature, () => new FeatureNode(owner, feature));

    private OptionalNode OptionalOf(VersionsNode owner, string localName) =>
        TiedOf(owner, "o " + localName, () => new OptionalNode(owner, localName));

    private WeakNode WeakOf(VersionsNode owner, string localName, string feature) =>
        TiedOf(owner, $"w {localName} {feature}", () => new WeakNode(owner, localName, feature));

    private T TiedOf<T>(VersionsNode owner, string key, Func<T> create)
        where T : TiedNode
    {
        if (owner.Tied.TryGetValue(key, out var known))
        {
            return (T)known;
        }

        var node = Add(create(), owner.Id);
        owner.Tied[key] = node;
        StatePreferences(owner, node);
        return node;
    }

    private void Tie(TiedNode node)
    {
        for (var i = 0; i < node.Count; i++)
        {
            Universe.Require(node.Id, OrdinalSet.Single(i), node.Owner.Id, OrdinalSet.Single(i), 0);
        }
    }

    private void PopulateFeature(FeatureNode node)
    {
        Tie(node);
        var lacking = node.Feature == FeatureGraph.Default ? OrdinalSet.Empty : Where(node.Owner, node.All, graph => !graph.Has(node.Feature));
        if (!lacking.IsEmpty)
        {
            Universe.Forbid(node.Id, lacking, Tag(new FeatureMissingFact(node, lacking)));
        }

        foreach (var (entry, versions) in EntriesOf(node))
        {
            StateEntry(node, entry, versions);
        }
    }

    /// <summary>What the feature turns on, over all releases, each entry with the ordinals that have it.</summary>
    private List<(FeatureEntry Entry, OrdinalSet Versions)> EntriesOf(FeatureNode node)
    {
        var groups = new Dictionary<FeatureEntry, OrdinalSet>();
        var order = new List<FeatureEntry>();
        foreach (var (graph, versions) in node.Owner.Graphs(_request.Options))
        {
            foreach (var entry in graph.Entries(node.Feature))
            {
                if (!groups.TryGetValue(entry, out var known))
                {
                    order.Add(entry);
                }

                groups[entry] = known.Union(versions);
            }
        }

        return order.ConvertAll(entry => (entry, groups[entry]));
    }

    private void StateEntry(FeatureNode node, FeatureEntry entry, OrdinalSet versions)
    {
        switch (entry.Kind)
        {
            case FeatureEntryKind.Feature:
                TurnOn(node, versions, FeatureOf(node.Owner, entry.Name));
                break;
            case FeatureEntryKind.Dependency:
                TurnOn(node, Where(node.Owner, versions, graph => graph.IsOptional(entry.Name)), OptionalOf(node.Owner, entry.Name));
                break;
            case FeatureEntryKind.Of:
                var optional = Where(node.Owner, versions, graph => graph.IsOptional(entry.Name));
                TurnOn(node, optional, OptionalOf(node.Owner, entry.Name));
                TurnOn(node, Where(node.Owner, optional, graph => graph.Has(entry.Name)), FeatureOf(node.Owner, entry.Name));
                StateLinesNamed(node, entry, versions);
                break;
            default:
                StateWeak(node, entry, versions);
                break;
        }
    }

    private void TurnOn(FeatureNode node, OrdinalSet versions, TiedNode target)
    {
        if (!versions.IsEmpty && target != node)
        {
            Universe.Require(node.Id, versions, target.Id, target.All, Tag(new FeatureFact(node, target)));
        }
    }

    private OrdinalSet Where(VersionsNode owner, OrdinalSet versions, Func<FeatureGraph, bool> condition) =>
        owner.Graphs(_request.Options).Where(pair => condition(pair.Graph))
            .Aggregate(OrdinalSet.Empty, (set, pair) => set.Union(pair.Versions)).Intersect(versions);

    private void StateLinesNamed(TiedNode node, FeatureEntry entry, OrdinalSet versions)
    {
        foreach (var (dependency, having) in LinesOf(node.Owner, graph => graph.Dependencies.Where(d => d.LocalName == entry.Name)))
        {
            var both = having.Intersect(versions);
            if (!both.IsEmpty)
            {
                StateAsk(both, new(LineOf(node.Owner, dependency), node, entry.Feature));
            }
        }
    }

    /// <summary>With the feature and the optional dependency both on, the dependency's feature is on too.</summary>
    private void StateWeak(FeatureNode node, FeatureEntry entry, OrdinalSet versions)
    {
        var weak = WeakOf(node.Owner, entry.Name, entry.Feature);
        var needed = Where(node.Owner, versions, graph => graph.Dependencies.Any(d => d.LocalName == entry.Name && !d.IsOptional));
        TurnOn(node, needed, weak);
        var optional = Where(node.Owner, versions, graph => graph.IsOptional(entry.Name));
        if (!optional.IsEmpty)
        {
            Universe.AddClause(
                node.Id,
                optional,
                [new Term(OptionalOf(node.Owner, entry.Name).Id, optional, false), new Term(weak.Id, OrdinalSet.Empty, true)],
                Tag(new FeatureFact(node, weak)));
        }
    }

    private void PopulateOptional(OptionalNode node)
    {
        Tie(node);
        foreach (var (dependency, versions) in LinesOf(
            node.Owner, graph => graph.Dependencies.Where(d => d.IsOptional && d.LocalName == node.LocalName)))
        {
            StateLine(node, LineOf(node.Owner, dependency), versions, []);
        }
    }

    private void PopulateWeak(WeakNode node)
    {
        Tie(node);
        StateLinesNamed(node, new(FeatureEntryKind.OfIfOn, node.LocalName, node.Feature), node.All);
    }

    private ChoiceNode AddChoice(Line line, ImmutableArray<(VersionsNode Node, OrdinalSet Allowed)> choices)
    {
        var node = Add(new ChoiceNode(line, choices), group: -1);
        StateChoicePreferences(node, node);
        return node;
    }

    private void StateChoicePreferences(ChoiceNode choice, Node node)
    {
        Preferences.SetOrder(node.Id, _request.Options.Strategy == VersionStrategy.Lowest ? VersionOrder.Oldest : VersionOrder.Newest);
        if (LockedChoice(choice) is { } locked)
        {
            Preferences.Prefer(node.Id, locked);
        }
    }

    /// <summary>The range that the lockfile's edge for this line went to; without such an edge, the best range that is locked.</summary>
    private int? LockedChoice(ChoiceNode choice)
    {
        var line = choice.Line;
        var edge = Admission.Locked(line.From.Table)
            .SelectMany(package => package.Dependencies)
            .FirstOrDefault(e => e.LocalName == line.Written.LocalName && e.Group == line.Written.Group);
        int? fallback = null;
        for (var i = 0; i < choice.Count; i++)
        {
            var (node, allowed) = choice.Choices[i];
            if (LockedOrdinal(node) is { } ordinal && allowed.Contains(ordinal))
            {
                if (edge is not null && edge.Target.Version == node.Releases[ordinal].Id.Version)
                {
                    return i;
                }

                fallback = i;
            }
        }

        return fallback;
    }

    private ChoiceFeatureNode ChoiceFeatureOf(ChoiceNode choice, string feature)
    {
        if (!choice.Features.TryGetValue(feature, out var node))
        {
            choice.Features[feature] = node = Add(new ChoiceFeatureNode(choice, feature), choice.Id);
            StateChoicePreferences(choice, node);
        }

        return node;
    }

    private void PopulateChoice(ChoiceNode node)
    {
        for (var i = 0; i < node.Count; i++)
        {
            var (target, allowed) = node.Choices[i];
            Universe.Require(node.Id, OrdinalSet.Single(i), target.Id, allowed, Tag(new ChoiceFact(node, i, null)));
        }
    }

    private void PopulateChoiceFeature(ChoiceFeatureNode node)
    {
        for (var i = 0; i < node.Count; i++)
        {
            var (target, allowed) = node.Choice.Choices[i];
            Universe.Require(node.Id, OrdinalSet.Single(i), node.Choice.Id, OrdinalSet.Single(i), 0);
            if (Offers(target, node.Feature))
            {
                Universe.Require(
                    node.Id, OrdinalSet.Single(i), FeatureOf(target, node.Feature).Id, allowed,
                    Tag(new ChoiceFact(node.Choice, i, node.Feature)));
            }
        }
    }
}
