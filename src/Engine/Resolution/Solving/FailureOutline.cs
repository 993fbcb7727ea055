using System.Collections.Immutable;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// One step of an outline: these versions of a package need the target in the allowed set. A package that cannot be
/// chosen at all has no target (-1). Several facts are one step when they are about the same package and target; the
/// allowed set is then what any of them allows.
/// </summary>
public sealed record OutlineLink(int Package, OrdinalSet Versions, int Target, OrdinalSet Allowed, ImmutableArray<int> Facts);

/// <summary>Steps that lead from one package to the next, told in one breath.</summary>
public sealed record OutlineLine(ImmutableArray<OutlineLink> Links);

/// <summary>
/// The facts of a failure in an order that can be told: from the root outwards, runs of versions with the same target
/// joined, chains folded into one line. Which words are used is the business of whoever prints it.
/// </summary>
/// <param name="Lines">The root's first.</param>
/// <param name="Contested">The packages that are asked for what cannot be had together, or cannot be had at all.</param>
public sealed record FailureOutline(ImmutableArray<OutlineLine> Lines, ImmutableArray<int> Contested)
{
    /// <summary>Orders facts that have no solution together; facts of several terms stand for their first package.</summary>
    public static FailureOutline Of(Universe universe, int root, int ordinal, IEnumerable<int> core)
    {
        ArgumentNullException.ThrowIfNull(universe);
        ArgumentNullException.ThrowIfNull(core);
        var links = Relevant(root, ordinal, Join(core.Where(fact => fact >= 0).Select(universe.Fact)));
        var incoming = links.Where(link => link.Target >= 0).ToLookup(link => link.Target);
        var outgoing = links.ToLookup(link => link.Package);
        var contested = links.Where(link => link.Target < 0 || link.Allowed.IsEmpty || link.Target == link.Package).Select(link => link.Target < 0 ? link.Package : link.Target)
            .Concat(incoming.Where(group => group.Count() > 1 && !outgoing.Contains(group.Key)).Select(group => group.Key));
        return new FailureOutline(Fold(root, incoming, outgoing), [.. contested.Distinct()]);
    }

    /// <summary>The facts that the outline names.</summary>
    public IEnumerable<int> Facts => Lines.SelectMany(line => line.Links).SelectMany(link => link.Facts);

    private static List<OutlineLink> Join(IEnumerable<Fact> facts)
    {
        var links = new List<OutlineLink>();
        foreach (var fact in facts)
        {
            // Two wishes of one version for one target are two steps; wishes of different versions are alternatives.
            var at = links.FindIndex(link => link.Package == fact.Package && link.Target == fact.Target && !link.Versions.Overlaps(fact.Versions));
            if (at < 0)
            {
                links.Add(new OutlineLink(fact.Package, fact.Versions, fact.Target, fact.Allowed, [fact.Id]));
                continue;
            }

            var known = links[at];
            links[at] = known with
            {
                Versions = known.Versions.Union(fact.Versions),
                Allowed = known.Allowed.Union(fact.Allowed),
                Facts = known.Facts.Add(fact.Id),
            };
        }

        return links;
    }

    /// <summary>A requirement is told of those versions only that somebody may ask for.</summary>
    private static List<OutlineLink> Relevant(int root, int ordinal, List<OutlineLink> links)
    {
        var asked = links.Where(link => link.Target >= 0).GroupBy(link => link.Target)
            .ToDictionary(group => group.Key, group => group.Aggregate(OrdinalSet.Empty, (all, link) => all.Union(link.Allowed)));
        asked[root] = OrdinalSet.Single(ordinal);
        return [.. links.Select(link => asked.TryGetValue(link.Package, out var versions) && versions.Overlaps(link.Versions)
            ? link with { Versions = link.Versions.Intersect(versions) }
            : link)];
    }

    /// <summary>
    /// Breadth first from the root, then from what only facts of several terms lead to; a line goes on while there is
    /// exactly one way in and one way out.
    /// </summary>
    private static ImmutableArray<OutlineLine> Fold(int root, ILookup<int, OutlineLink> incoming, ILookup<int, OutlineLink> outgoing)
    {
        var lines = ImmutableArray.CreateBuilder<OutlineLine>();
        var seen = new HashSet<int>();
        var open = new Queue<int>();
        foreach (var start in outgoing.Select(group => group.Key).Prepend(root))
        {
            if (seen.Add(start))
            {
                open.Enqueue(start);
            }

            while (open.TryDequeue(out var package))
            {
                foreach (var first in outgoing[package])
                {
                    var chain = Follow(first, seen, incoming, outgoing);
                    lines.Add(new OutlineLine(chain));
                    if (chain[^1].Target >= 0 && seen.Add(chain[^1].Target))
                    {
                        open.Enqueue(chain[^1].Target);
                    }
                }
            }
        }

        return lines.ToImmutable();
    }

    private static ImmutableArray<OutlineLink> Follow(OutlineLink first, HashSet<int> seen, ILookup<int, OutlineLink> incoming, ILookup<int, OutlineLink> outgoing)
    {
        var chain = ImmutableArray.CreateBuilder<OutlineLink>();
        chain.Add(first);
        while (Next(chain[^1], incoming, outgoing) is { } next && seen.Add(next.Package))
        {
            chain.Add(next);
        }

        return chain.ToImmutable();
    }

    private static OutlineLink? Next(OutlineLink link, ILookup<int, OutlineLink> incoming, ILookup<int, OutlineLink> outgoing) =>
        link.Target >= 0 && incoming[link.Target].Count() == 1 && outgoing[link.Target].Count() == 1
            ? outgoing[link.Target].First()
            : null;
}
