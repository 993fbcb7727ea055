using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution;

/// <summary>
/// The course of one resolution as a sequence of stops where something is lacking; at its end stands the outcome
/// (docs/RESOLVER.md, "The loop").
/// </summary>
internal sealed class Search(ResolutionRequest request, Supplies supplies)
{
    /// <summary>Versions of an updated package that are tried, best first, before what the plain solve chose is kept.</summary>
    private const int UpdateTriesMax = 64;

    private readonly SolveLimits _limits = new(request.TurnsMax);

    private SolveState _state;

    /// <summary>Solved, failed or undecided, once <see cref="Run"/> has come to its end.</summary>
    public SolveState Outcome { get; private set; } = SolveState.Running;

    /// <summary>The answer, when solved.</summary>
    public Resolution? Resolution { get; private set; }

    public SolveLimits Limits => _limits;

    /// <summary>The facts of the last solve, and the solver on them; for explanations and their proof.</summary>
    public FactBook? Lowered { get; private set; }

    public Solver? Solver { get; private set; }

    public IEnumerable<ResolverStep.NeedsPackages> Run()
    {
        foreach (var needs in LookAhead())
        {
            yield return needs;
        }

        var authorised = new SortedSet<PackageName>();
        do
        {
            Lowered = new(request, supplies, authorised);
            Solver = new(Lowered.Universe);
            foreach (var needs in Solve(null))
            {
                yield return needs;
            }
        }
        while (_state == SolveState.Failed && Authorise(authorised));

        Outcome = _state;
        if (Outcome == SolveState.Solved)
        {
            var settling = new Settling(Lowered, Assignment.Of(Lowered, Solver!));
            foreach (var needs in Settle(settling))
            {
                yield return needs;
            }

            Resolution = ResolutionVerifier.Require(request, Extraction.Of(request, Lowered, settling.Assignment), supplies);
        }
    }

    /// <summary>Asks for everything that a likely answer needs, level by level, so that few round trips remain for the rest.</summary>
    private IEnumerable<ResolverStep.NeedsPackages> LookAhead()
    {
        var outlook = new Outlook(request, supplies);
        while (outlook.Lacking() is { IsEmpty: false } lacking)
        {
            yield return new ResolverStep.NeedsPackages(lacking);
        }
    }

    private IEnumerable<ResolverStep.NeedsPackages> Solve(Edits? edits)
    {
        Solver!.Start(Lowered!.Project.Id, 0, Lowered.Preferences, edits, _limits);
        while ((_state = Solver.Solve()) == SolveState.Needs)
        {
            var lacking = Lowered.Provide(Solver);
            if (!lacking.IsEmpty)
            {
                yield return new ResolverStep.NeedsPackages(lacking);
            }
        }
    }

    /// <summary>
    /// Pre-releases are allowed for a package once requirements that clash would meet at one: whether that is so is only
    /// known when they have clashed.
    /// </summary>
    private bool Authorise(SortedSet<PackageName> authorised)
    {
        if (request.Options.Prereleases != PrereleasePolicy.IfNeeded)
        {
            return false;
        }

        var before = authorised.Count;
        authorised.UnionWith(PrereleaseNeed.In(Lowered!, Solver!.Core()));
        return authorised.Count > before;
    }

    /// <summary>First what was asked to move goes as far as it can, then everything else goes back to what was locked if it may.</summary>
    private IEnumerable<ResolverStep.NeedsPackages> Settle(Settling settling)
    {
        if (request.Locked is null || request.Unlocking is Unlocking.Everything)
        {
            yield break;
        }

        foreach (var (node, ordinals) in settling.Wishes(request.Options.Strategy, UpdateTriesMax))
        {
            foreach (var ordinal in ordinals)
            {
                foreach (var needs in Try(settling, node, ordinal))
                {
                    yield return needs;
                }

                if (_state == SolveState.Solved)
                {
                    break;
                }
            }

            settling.KeepChosen(node);
        }

        while (settling.NextChanged() is { } changed)
        {
            foreach (var needs in Try(settling, changed.Node, changed.Locked))
            {
                yield return needs;
            }
        }
    }

    private IEnumerable<ResolverStep.NeedsPackages> Try(Settling settling, VersionsNode node, int ordinal)
    {
        foreach (var needs in Solve(settling.With(node, ordinal)))
        {
            yield return needs;
        }

        if (_state == SolveState.Solved)
        {
            settling.Accept(node, ordinal, Assignment.Of(Lowered!, Solver!));
        }
    }
}
