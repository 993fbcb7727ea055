using System.Diagnostics;
using Registry.Engine.Resolution.Solving;

namespace Registry.Benchmarks.Resolve;

/// <summary>Solves all roots of a data set, pass after pass, and looks closely at each answer once.</summary>
public sealed class Run(IReadOnlyList<PlainPackage> packages, Universe universe, Options options)
{
    private const int WarmUpFailures = 60;

    private readonly Solver solver = new(universe);
    private readonly CoreReduction reduction = new(universe);
    private readonly PlainRepairs repairs = new(universe);
    private readonly PlainExplanation explanation = new(packages);

    /// <summary>Answers that a check refuted, and answers that are none.</summary>
    public int Wrong { get; private set; }

    /// <summary>Processor seconds, one a measured pass.</summary>
    public List<double> PassSeconds { get; } = [];

    /// <summary>Managed memory that one measured pass takes from the runtime.</summary>
    public double AllocatedMegabytes { get; private set; }

    public List<Outcome> Measure(IReadOnlyList<Root> roots)
    {
        var outcomes = roots.Select(root => new Outcome(root, options.Repeat)).ToList();

        // The first pass compiles the code and is not measured; the checks are not part of any pass.
        Pass(outcomes, pass: -1);
        for (var pass = 0; pass < options.Repeat; pass++)
        {
            var allocated = GC.GetTotalAllocatedBytes();
            var before = Environment.CpuUsage.TotalTime;
            Pass(outcomes, pass);
            PassSeconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
            AllocatedMegabytes = (GC.GetTotalAllocatedBytes() - allocated) / 1e6;
        }

        WarmUpInspection(outcomes);
        foreach (var outcome in outcomes)
        {
            Inspect(outcome);
        }

        return outcomes;
    }

    /// <summary>Repairs are timed one by one, so their code is compiled on a part of the failures first.</summary>
    private void WarmUpInspection(List<Outcome> outcomes)
    {
        if (!options.Repairs)
        {
            return;
        }

        foreach (var root in outcomes.Where(outcome => !outcome.IsOk && !outcome.Root.IsMissing).Take(WarmUpFailures).Select(outcome => outcome.Root))
        {
            solver.Start(root.Package, root.Ordinal);
            if (solver.Solve() == SolveState.Failed)
            {
                repairs.Find(root.Package, root.Ordinal, solver.Core());
            }
        }
    }

    private void Pass(List<Outcome> outcomes, int pass)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Root.IsMissing)
            {
                continue;
            }

            var start = Stopwatch.GetTimestamp();
            solver.Start(outcome.Root.Package, outcome.Root.Ordinal);
            outcome.IsOk = solver.Solve() == SolveState.Solved;
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (pass >= 0)
            {
                outcome.Times[pass] = elapsed;
            }

            outcome.Decisions = solver.Decisions;
            outcome.Conflicts = solver.Conflicts;
        }
    }

    private void Inspect(Outcome outcome)
    {
        var root = outcome.Root;
        Wrong += root.Expected is { } expected && expected != outcome.IsOk ? 1 : 0;
        if (root.IsMissing)
        {
            return;
        }

        solver.Start(root.Package, root.Ordinal);
        switch (solver.Solve())
        {
            case SolveState.Solved:
                var chosen = solver.Chosen.ToDictionary(package => package, solver.OrdinalOf);
                outcome.Packages = chosen.Count;
                Wrong += options.Verify && EdgeChecker.Violations(packages, root.Package, root.Ordinal, chosen) > 0 ? 1 : 0;
                break;
            case SolveState.Failed:
                InspectFailure(outcome, solver.Core());
                break;
            default:
                Wrong++;
                break;
        }
    }

    private void InspectFailure(Outcome outcome, IReadOnlyList<int> core)
    {
        var root = outcome.Root;
        if (options.Verify || options.Explain)
        {
            var outline = FailureOutline.Of(universe, root.Package, root.Ordinal, reduction.Reduce(root.Package, root.Ordinal, core));
            (outcome.CardLines, outcome.TextLines) = (explanation.Card(outline).Count, explanation.Text(outline).Count);
            Wrong += options.Verify && !reduction.Fails(root.Package, root.Ordinal, outline.Facts) ? 1 : 0;
            if (options.Explain && !options.Json)
            {
                Console.WriteLine($"{root.Name} {root.Version}:\n  {string.Join("\n  ", explanation.Text(outline))}");
            }
        }

        if (options.Repairs)
        {
            var found = repairs.Find(root.Package, root.Ordinal, core);
            outcome.Repairs = found.Count;
            (outcome.Edits, outcome.FirstRepairMilliseconds) =
                found.Count > 0 ? (found[0].Edits.Count, found[0].FoundAfterMilliseconds) : (0, 0);
            Wrong += found.Count(repair => !repairs.Works(root.Package, root.Ordinal, repair.Edits));
        }
    }
}
