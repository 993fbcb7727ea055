using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Explaining;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>
/// What still clashes when the manifest lines of a reason are not there, and so on: reasons that share no line, so that no
/// change of one line is about two of them.
/// </summary>
internal sealed class OtherConflicts(ResolutionRequest request, Reason first, SolveLimits limits)
{
    /// <summary>More at once are not talked about; they come up when these are out of the way.</summary>
    private const int CountMax = 7;

    private readonly FactBook _book = first.Book;
    private readonly Solver _solver = new(first.Book.Universe);
    private readonly List<Explanation> _explanations = [];

    public ImmutableArray<Explanation> Explanations => [.. _explanations];

    public IEnumerable<ImmutableArray<PackageKey>> Find()
    {
        var without = new HashSet<int>();
        for (var reason = first; _explanations.Count < CountMax && reason is not null && Leave(reason, without);)
        {
            var edits = new Edits();
            foreach (var fact in without)
            {
                edits.Disable(fact);
            }

            _solver.Start(_book.Project.Id, 0, _book.Preferences, edits, limits);
            SolveState state;
            while ((state = _solver.Solve()) == SolveState.Needs)
            {
                var lacking = _book.Provide(_solver);
                if (!lacking.IsEmpty)
                {
                    yield return lacking;
                }
            }

            if (state != SolveState.Failed)
            {
                yield break;
            }

            _explanations.Add(Explainer.Explain(request, _book, _solver, limits, without));
            reason = _explanations[^1].Reason;
        }
    }

    /// <summary>Leaves out the manifest lines of a reason; false when it has none that were not left out before.</summary>
    private bool Leave(Reason reason, HashSet<int> without)
    {
        var before = without.Count;
        foreach (var ask in reason.Direct)
        {
            foreach (var (fact, info) in _book.AsksFor(ask.Name))
            {
                _ = info.Line == ask.Line && without.Add(fact);
            }
        }

        return without.Count > before;
    }
}
