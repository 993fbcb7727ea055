using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Explaining;

/// <summary>The facts a failure rests on, made as few as leaving out each in turn can make them.</summary>
internal static class CoreFacts
{
    private const int SolvesMax = 400;
    private const int TurnsMax = 100_000;

    /// <param name="without">Facts that were left out of the solve that failed, and stay out.</param>
    /// <returns>Fact ids, ascending; those that only wire nodes together are among them.</returns>
    public static IReadOnlyList<int> Minimal(FactBook book, Solver solver, SolveLimits limits, IReadOnlyCollection<int> without)
    {
        var core = solver.Core();
        var left = new HashSet<int>(without);
        var needed = new HashSet<int>();
        var first = Work(solver);
        var turns = TurnsMax + (first * 10L);
        var patience = limits with { Turns = Math.Min(limits.Turns, 2_000 + (first * 4L)) };
        for (var solves = 0; solves < SolvesMax && turns > 0 && Next(book, core, needed) is { } fact; solves++)
        {
            solver.Start(book.Project.Id, 0, book.Preferences, Without(left.Append(fact)), patience);
            var state = solver.Solve();
            turns -= Work(solver) + 1;
            if (state == SolveState.Failed)
            {
                left.Add(fact);
                core = solver.Core();
            }
            else
            {
                needed.Add(fact);
            }
        }

        return core;
    }

    /// <summary>Whether the facts alone, with the wiring, cannot all hold.</summary>
    public static bool Prove(FactBook book, Solver solver, IEnumerable<int> facts, SolveLimits limits)
    {
        var kept = facts.ToHashSet();
        var others = Enumerable.Range(0, book.Universe.FactCount)
            .Where(fact => book.Info(fact) is not WiringFact && !kept.Contains(fact));
        solver.Start(book.Project.Id, 0, book.Preferences, Without(others), limits);
        return solver.Solve() == SolveState.Failed;
    }

    private static int Work(Solver solver) => solver.Decisions + solver.Conflicts;

    private static Edits Without(IEnumerable<int> facts)
    {
        var edits = new Edits();
        foreach (var fact in facts)
        {
            edits.Disable(fact);
        }

        return edits;
    }

    // What was wished goes first, so that a wish is named only where nothing else explains it; then what is deep in the
    // graph, so that a reason in the user's own lines is the one that stays.
    private static int? Next(FactBook book, IReadOnlyList<int> core, HashSet<int> needed)
    {
        foreach (var fact in core)
        {
            if (fact >= 0 && !needed.Contains(fact) && book.Info(fact) is UnavailableFact { Wish: not null } or CopiesFact)
            {
                return fact;
            }
        }

        for (var i = core.Count - 1; i >= 0; i--)
        {
            if (core[i] >= 0 && !needed.Contains(core[i]) && book.Info(core[i]) is not WiringFact)
            {
                return core[i];
            }
        }

        return null;
    }
}
