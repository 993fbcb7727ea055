using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution;

/// <summary>
/// Resolves one request. Call <see cref="Step"/>; when it needs packages, supply them in any order and step again,
/// until it is solved, unsolvable or undecided. Does no I/O and keeps no time: the answer depends only on the request and
/// on what is supplied.
/// </summary>
public sealed class Resolver
{
    private readonly Supplies _supplies;
    private readonly Search _search;
    private readonly IEnumerator<ResolverStep.NeedsPackages> _stops;
    private ResolverStep? _result;
    private Explaining.Reason? _reason;

    public Resolver(ResolutionRequest request)
        : this(request, new Supplies())
    {
    }

    internal Resolver(ResolutionRequest request, Supplies supplies)
    {
        (Request, _supplies) = (request, supplies);
        _search = new(request, supplies);
        _stops = _search.Run().GetEnumerator();
    }

    public ResolutionRequest Request { get; }

    /// <summary>Goes on to the next stop; after the result, the result again.</summary>
    public ResolverStep Step() => _result ?? (_stops.MoveNext() ? _stops.Current : _result = Result());

    /// <summary>Metadata for a key that was asked for; more than was asked for does no harm.</summary>
    public void Supply(SuppliedPackage package) => _supplies.Add(package);

    /// <summary>The key has no metadata: it does not exist, or cannot be had now. The reason becomes part of the explanation.</summary>
    public void SupplyMissing(PackageKey key, Problem reason) => _supplies.AddMissing(key, reason);

    /// <summary>Whether the facts of this resolver's explanation, and nothing else, already have no solution.</summary>
    public bool Proves(Explanation explanation) =>
        explanation.Reason is { } reason && ReferenceEquals(reason.Book, _search.Lowered)
        && Explaining.CoreFacts.Prove(reason.Book, _search.Solver!, reason.Core, _search.Limits);

    /// <summary>
    /// After <see cref="ResolverStep.Unsolvable"/>: looks for changes that would make the request solvable; asks for more
    /// packages if it must.
    /// </summary>
    public RepairFinder FindRepairs() =>
        new(Request, _supplies, _reason ?? throw new InvalidOperationException("only an unsolvable request has repairs"));

    /// <summary>
    /// After <see cref="ResolverStep.Unsolvable"/>: a session on the conflict, in which the request's wishes can change.
    /// </summary>
    public Sessions.ConflictSession OpenSession() =>
        new(Request, _supplies, _search, (_result as ResolverStep.Unsolvable)?.Explanation ?? throw new InvalidOperationException("only an unsolvable request has a session"));

    private ResolverStep Result() => _search.Outcome switch
    {
        SolveState.Solved => new ResolverStep.Solved(_search.Resolution!),
        SolveState.Failed => Unsolvable(),
        _ => new ResolverStep.Undecided(_search.Solver!.Decisions + _search.Solver.Conflicts),
    };

    private ResolverStep.Unsolvable Unsolvable()
    {
        var explanation = Explaining.Explainer.Explain(Request, _search.Lowered!, _search.Solver!, _search.Limits);
        _reason = explanation.Reason;
        return new(explanation);
    }
}
