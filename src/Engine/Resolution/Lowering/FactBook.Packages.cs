using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

internal sealed partial class FactBook
{
    private void PopulateVersions(VersionsNode node)
    {
        StateUnavailable(node);
        StateWishes(node);
        StateRivals(node);
        foreach (var (dependency, versions) in LinesOf(node, graph => graph.Dependencies.Where(d => !d.IsOptional)))
        {
            StateLine(node, LineOf(node, dependency), versions, []);
        }
    }

    private void StateUnavailable(VersionsNode node)
    {
        var reasons = new Dictionary<(UnavailableReason, string?, string?), (List<int> Ordinals, Constraint? Needs)>();
        for (var i = 0; i < node.Count; i++)
        {
            if (Admission.Unavailable(node.Table, node.Releases[i]) is { } reason)
            {
                var key = (reason.Reason, reason.Engine, reason.Needs?.Text);
                if (!reasons.TryGetValue(key, out var group))
                {
                    reasons[key] = group = ([], reason.Needs);
                }

                group.Ordinals.Add(i);
            }
        }

        foreach (var ((reason, engine, _), (ordinals, needs)) in reasons)
        {
            var versions = OrdinalSet.FromOrdinals(ordinals);
            var info = new UnavailableFact(node, versions, reason, engine, needs);
            _unavailable.Add((Universe.Forbid(node.Id, versions, Tag(info)), info));
        }
    }

    /// <summary>What the user said of the package; the project's own manifests are edited and not wished for.</summary>
    private void StateWishes(VersionsNode node)
    {
        if (_request.Wishes.IsEmpty || node.Table.Root is not null)
        {
            return;
        }

        foreach (var wish in _request.Wishes)
        {
            var versions = OrdinalSet.FromOrdinals(Enumerable.Range(0, node.Count).Where(i => wish.RulesOut(node.Releases[i].Id)));
            if (!versions.IsEmpty)
            {
                var info = new UnavailableFact(node, versions, UnavailableReason.Wish) { Wish = wish };
                _unavailable.Add((Universe.Forbid(node.Id, versions, Tag(info)), info));
            }

            foreach (var other in wish is Wish.NeverCopies copies && copies.Name == node.Name
                ? _byName[node.Name].Where(other => other.Table == node.Table && other != node) : [])
            {
                Universe.AddClause(node.Id, node.All, [new Term(other.Id, other.All, false)], Tag(new CopiesFact(other, node, wish)));
            }
        }
    }

    /// <summary>What may not be beside it: the name from another source, and the same `links`.</summary>
    private void StateRivals(VersionsNode node)
    {
        foreach (var other in _byName[node.Name].Where(other => other.Table != node.Table))
        {
            Universe.AddClause(
                node.Id, node.All, [new Term(other.Id, other.All, false)], Tag(new TwoSourcesFact(other, node)));
        }

        foreach (var group in Enumerable.Range(0, node.Count)
            .Where(i => node.Releases[i].Links is not null).GroupBy(i => node.Releases[i].Links!, StringComparer.Ordinal))
        {
            var versions = OrdinalSet.FromOrdinals(group);
            if (!_links.TryGetValue(group.Key, out var owners))
            {
                _links[group.Key] = owners = [];
            }

            foreach (var (other, theirs) in owners)
            {
                Universe.AddClause(
                    node.Id, versions, [new Term(other.Id, theirs, false)], Tag(new LinksFact(other, node, group.Key)));
            }

            owners.Add((node, versions));
        }
    }

    /// <summary>The different dependency lines over all releases of a node, each with the ordinals that have it, in order of first writing.</summary>
    private List<(Dependency Dependency, OrdinalSet Versions)> LinesOf(
        VersionsNode node, Func<FeatureGraph, IEnumerable<Dependency>> select)
    {
        var groups = new Dictionary<LineKey, (Dependency Dependency, OrdinalSet Versions)>();
        var order = new List<LineKey>();
        foreach (var (graph, versions) in node.Graphs(_request.Options))
        {
            foreach (var dependency in select(graph))
            {
                var key = LineKey.Of(dependency);
                var isKnown = groups.TryGetValue(key, out var group);
                groups[key] = isKnown ? (group.Dependency, group.Versions.Union(versions)) : (dependency, versions);
                if (!isKnown)
                {
                    order.Add(key);
                }
            }
        }

        return order.ConvertAll(key => groups[key]);
    }

    private Line LineOf(VersionsNode node, Dependency dependency)
    {
        var key = LineKey.Of(dependency);
        if (!node.Lines.TryGetValue(key, out var line))
        {
            var replaced = _request.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name);
            var place = node.Table.Root?.Manifest.Places.GetValueOrDefault(new(dependency.Group, dependency.LocalName));
            node.Lines[key] = line = new(node, dependency, replaced, place)
            {
                Key = new(dependency.Name, Origin(replaced?.Origin ?? dependency.Origin)),
            };
        }

        return line;
    }

    private static DependencyOrigin Origin(DependencyOrigin origin) =>
        origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(ProjectPath.Combine(".", path.Folder)) : origin;

    /// <summary>`asker` in `versions` asks for the package of a line and its features, and for some more features.</summary>
    private void StateLine(Node asker, Line line, OrdinalSet versions, IEnumerable<string> more)
    {
        line.Versions = line.Versions.Union(versions);
        StateAsk(versions, new(line, asker, null));
        var features = line.Written.Features.Concat(more);
        foreach (var feature in (line.Written.UsesDefaultFeatures ? features.Prepend(FeatureGraph.Default) : features).Distinct())
        {
            StateAsk(versions, new(line, asker, feature));
        }
    }

    private void StateAsk(OrdinalSet versions, LineFact info)
    {
        var fact = Universe.RequireLater(info.Asker.Id, versions, Tag(info));
        if (!_asks.TryGetValue(info.Line.Name, out var asks))
        {
            _asks[info.Line.Name] = asks = [];
        }

        asks.Add((fact, info));
    }

    /// <summary>Finds the package behind a line and the releases that fit; false when its metadata is lacking.</summary>
    private bool Resolve(Line line)
    {
        if (line.IsResolved)
        {
            return true;
        }

        if (Member(line.Key) is { } member)
        {
            line.Table = member.Table;
            line.Target = member;
            line.Allowed = Ordinals(member, Admission.Admitted(member.Table, line.Constraint, line.Prereleases));
        }
        else if (_supplies.TryGet(line.Key, out var supplied))
        {
            Direct(line, _supplies.Table(supplied));
        }
        else if (_supplies.Missing(line.Key) is { } missing)
        {
            line.Missing = missing;
        }
        else
        {
            return false;
        }

        return line.IsResolved = true;
    }

    private VersionsNode? Member(PackageKey key) => key.Origin switch
    {
        DependencyOrigin.Member => Roots.Find(root => root.Name == key.Name),
        DependencyOrigin.Path path => _members.GetValueOrDefault(path.Folder),
        // A name that the project itself develops has the project as its one source.
        DependencyOrigin.Feed { Registry: null } => Roots.Find(root => root.Name == key.Name),
        _ => null,
    };

    private void Direct(Line line, PackageTable table)
    {
        line.Table = table;
        var admitted = Admission.Admitted(table, line.Constraint, line.Prereleases);
        var choices = Ranges(table, admitted).Select(range => VersionsOf(table, range))
            .Select(node => (Node: node, Allowed: Ordinals(node, admitted)))
            .ToImmutableArray();
        if (choices.Length > 1 && choices.Count(HasAvailable) is 1)
        {
            choices = [.. choices.Where(HasAvailable)];
        }

        if (choices.Length > 1)
        {
            line.Choice = AddChoice(line, choices);
        }
        else if (choices.Length == 1)
        {
            (line.Target, line.Allowed) = choices[0];
        }
        else if (!table.Releases.IsEmpty)
        {
            line.Target = VersionsOf(table, Range(table, table.Releases.Length - 1));
        }
    }

    private bool HasAvailable((VersionsNode Node, OrdinalSet Allowed) choice) =>
        Enumerable.Range(0, choice.Node.Count).Any(i =>
            choice.Allowed.Contains(i) && Admission.Unavailable(choice.Node.Table, choice.Node.Releases[i]) is null);

    /// <summary>The compatible ranges that some releases lie in, ascending; one null where versions exclude each other all.</summary>
    private List<CompatibleRange?> Ranges(PackageTable table, OrdinalSet indexes)
    {
        var ranges = new List<CompatibleRange?>();
        for (var i = 0; i < indexes.IntervalCount; i++)
        {
            var (low, high) = indexes.Interval(i);
            for (var index = low; index < high; index++)
            {
                var range = Range(table, index);
                if (ranges.Count == 0 || ranges[^1] != range)
                {
                    ranges.Add(range);
                }
            }
        }

        return ranges;
    }

    /// <summary>Indexes of the table as ordinals of a node of it.</summary>
    private static OrdinalSet Ordinals(VersionsNode node, OrdinalSet indexes)
    {
        if (node.First == 0 && node.Count == node.Table.Releases.Length)
        {
            return indexes;
        }

        var set = OrdinalSet.Empty;
        for (var i = 0; i < indexes.IntervalCount; i++)
        {
            var (low, high) = indexes.Interval(i);
            var (from, to) = (Math.Max(low, node.First) - node.First, Math.Min(high, node.First + node.Count) - node.First);
            set = from < to ? set.Union(OrdinalSet.Range(from, to)) : set;
        }

        return set;
    }
}
