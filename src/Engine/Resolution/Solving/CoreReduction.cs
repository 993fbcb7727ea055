namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// Makes the facts of a failure fewer: leaves some out and solves again with nothing but the rest, first in large
/// pieces, then one by one. The budget is a number of solves, so the result is the same on every machine; when it
/// suffices, no fact can be left out any more.
/// </summary>
public sealed class CoreReduction(Universe universe)
{
    /// <summary>Solves of a reduction that is meant to be read by a person; a few milliseconds.</summary>
    public const int SolvesMax = 400;

    private readonly Solver _solver = new(universe);
    private readonly Edits _edits = new();

    /// <summary>The smallest set found within the budget, ascending. <paramref name="core"/> must have no solution.</summary>
    public IReadOnlyList<int> Reduce(int root, int ordinal, IReadOnlyList<int> core, int solvesMax = SolvesMax)
    {
        ArgumentNullException.ThrowIfNull(core);
        var rest = core.Where(fact => fact >= 0).ToList();
        for (var piece = Math.Max(1, rest.Count / 2); piece >= 1; piece /= 2)
        {
            for (var start = 0; start < rest.Count && solvesMax > 0;)
            {
                var without = rest.Where((_, index) => index < start || index >= start + piece).ToList();
                solvesMax--;
                if (Fails(root, ordinal, without))
                {
                    // What is before the piece may have shrunk too, and was needed before: it still is.
                    var smaller = _solver.Core().ToHashSet();
                    start = rest.Take(start).Count(smaller.Contains);
                    rest = [.. without.Where(smaller.Contains)];
                }
                else
                {
                    start += piece;
                }
            }
        }

        return rest;
    }

    /// <summary>Whether these facts alone have no solution.</summary>
    public bool Fails(int root, int ordinal, IEnumerable<int> facts)
    {
        _edits.Clear();
        _edits.KeepOnly(facts);
        _solver.Start(root, ordinal, edits: _edits);
        return _solver.Solve() == SolveState.Failed;
    }
}
