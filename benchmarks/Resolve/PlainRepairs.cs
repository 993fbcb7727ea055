using System.Diagnostics;
using Registry.Engine.Resolution.Solving;

namespace Registry.Benchmarks.Resolve;

/// <summary>One change: the requirement accepts every version of its target, or is dropped.</summary>
public readonly record struct PlainEdit(int Fact, bool IsDrop);

/// <summary>Edits that make the root solvable, none of which can be left out.</summary>
public sealed record PlainRepair(IReadOnlyList<PlainEdit> Edits, double FoundAfterMilliseconds);

/// <summary>
/// Smallest proven repairs first, by a hitting-set tree: a set of edits that still fails has a core, and any set that
/// works must touch that core. Cores found on the way are kept, so a set that misses a known core is not solved.
/// </summary>
public sealed class PlainRepairs(Universe universe)
{
    private const int SolvesMax = 600;
    private const int RepairsMax = 3;
    private const int EditsMax = 12;
    private const int OpenMax = 20_000;

    private readonly Solver solver = new(universe);
    private readonly CoreReduction reduction = new(universe);
    private readonly Edits edits = new();
    private readonly List<IReadOnlyList<int>> cores = [];
    private readonly PriorityQueue<PlainEdit[], (int Count, int Cost, int Order)> open = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int order;

    public IReadOnlyList<PlainRepair> Find(int root, int ordinal, IReadOnlyList<int> core)
    {
        var watch = Stopwatch.StartNew();
        var found = new List<PlainRepair>();
        open.Clear();
        seen.Clear();
        cores.Clear();
        cores.Add(reduction.Reduce(root, ordinal, core, solvesMax: 60));
        open.Enqueue([], default);
        for (var solves = 0; found.Count < RepairsMax && solves < SolvesMax && open.TryDequeue(out var set, out _);)
        {
            if (found.Exists(repair => repair.Edits.All(set.Contains)))
            {
                continue;
            }

            if (cores.Find(known => !known.Any(fact => Edits(set, fact))) is { } missed)
            {
                Branch(root, set, missed);
                continue;
            }

            solves++;
            if (Works(root, ordinal, set))
            {
                found.Add(new PlainRepair(Minimal(root, ordinal, set), watch.Elapsed.TotalMilliseconds));
            }
            else
            {
                cores.Add([.. solver.Core().Where(fact => fact >= 0)]);
                Branch(root, set, cores[^1]);
            }
        }

        return found;
    }

    /// <summary>Whether the root is solvable with these requirements edited.</summary>
    public bool Works(int root, int ordinal, IReadOnlyList<PlainEdit> set)
    {
        edits.Clear();
        foreach (var edit in set)
        {
            var target = universe.Fact(edit.Fact).Target;
            _ = edit.IsDrop ? edits.Disable(edit.Fact) : edits.Replace(edit.Fact, target, OrdinalSet.Range(0, universe.VersionCount(target)));
        }

        solver.Start(root, ordinal, edits: edits);
        return solver.Solve() == SolveState.Solved;
    }

    private static bool Edits(PlainEdit[] set, int fact) => Array.Exists(set, edit => edit.Fact == fact);

    private void Branch(int root, PlainEdit[] set, IReadOnlyList<int> core)
    {
        if (set.Length == EditsMax || open.Count > OpenMax)
        {
            return;
        }

        foreach (var edit in core.Where(fact => !Edits(set, fact)).SelectMany(fact => Choices(root, fact)))
        {
            PlainEdit[] larger = [.. set.Append(edit).OrderBy(one => one.Fact)];
            if (seen.Add(string.Join(' ', larger)))
            {
                // What the root itself asks for is the easiest to change; to drop something is the last resort.
                var cost = larger.Sum(one => (universe.Fact(one.Fact).Package == root ? 0 : 1) + (one.IsDrop ? 2 : 0));
                open.Enqueue(larger, (larger.Length, cost, order++));
            }
        }
    }

    /// <summary>A requirement of the root can be dropped; any other only where its target has no version at all.</summary>
    private IEnumerable<PlainEdit> Choices(int root, int id)
    {
        var fact = universe.Fact(id);
        var isWide = fact.Allowed.Count == universe.VersionCount(fact.Target);
        if (!isWide)
        {
            yield return new PlainEdit(id, IsDrop: false);
        }

        if (fact.Package == root || universe.VersionCount(fact.Target) == 0)
        {
            yield return new PlainEdit(id, IsDrop: true);
        }
    }

    private PlainEdit[] Minimal(int root, int ordinal, PlainEdit[] set)
    {
        foreach (var edit in set)
        {
            PlainEdit[] without = [.. set.Where(other => other != edit)];
            set = without.Length > 0 && Works(root, ordinal, without) ? without : set;
        }

        return set;
    }
}
