using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Explaining;
using Registry.Engine.Resolution.Repairing;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>
/// A conflict that is talked over: repairs stream in, wishes rule some of them out, and what is left is proven anew. Step
/// it until <see cref="SessionStep.Done"/>; after <see cref="Wish"/> step on. Metadata that was supplied once is kept.
/// Deterministic: the same request and wishes come to the same state, whichever way the wishes were made.
/// </summary>
public sealed class ConflictSession
{
    /// <summary>Repairs that are looked for; a list that nobody reads to its end helps nobody.</summary>
    public const int RepairsMax = 8;

    private readonly Supplies _supplies;
    private readonly ResolutionRequest _request;
    private readonly Explanation _first;
    private readonly Search _search;
    // Those found without wishes, then those that the wishes there are now brought up.
    private readonly List<OfferedRepair> _known = [];

    private IEnumerator<SessionStep>? _base;
    private IEnumerator<SessionStep> _steps;
    private ImmutableArray<Explanation> _conflicts;
    private ConflictState _unwished;
    private int _foundUnwished;
    private bool _resolvesAsItIs;

    internal ConflictSession(ResolutionRequest request, Supplies supplies, Search search, Explanation explanation)
    {
        (_request, _supplies, _search, _first) = (request with { Wishes = [] }, supplies, search, explanation);
        Wishes = request.Wishes;
        _conflicts = [explanation];
        State = _unwished = new(_conflicts);
        _steps = Run().GetEnumerator();
    }

    public ImmutableArray<Wish> Wishes { get; private set; }

    public ConflictState State { get; private set; }

    /// <summary>Resolutions made so far, in all.</summary>
    public int Solves { get; private set; }

    /// <summary>Takes these wishes instead of the ones there were. The next steps work them in.</summary>
    public void Wish(ImmutableArray<Wish> wishes)
    {
        Wishes = wishes.Length <= WishList.CountMax ? wishes : wishes[..WishList.CountMax];
        _steps = Run().GetEnumerator();
    }

    public SessionStep Step() => _steps.MoveNext() ? _steps.Current : new SessionStep.Done(State);

    public void Supply(SuppliedPackage package) => _supplies.Add(package);

    public void SupplyMissing(PackageKey key, Problem reason) => _supplies.AddMissing(key, reason);

    private IEnumerable<SessionStep> Run()
    {
        _base ??= Unwished().GetEnumerator();
        while (_base.MoveNext())
        {
            yield return _base.Current;
        }

        if (Wishes.IsEmpty)
        {
            State = _unwished;
            yield break;
        }

        foreach (var step in Wished(Wishes))
        {
            yield return step;
        }
    }

    /// <summary>The conflict as it is: its independent parts, and all repairs.</summary>
    private IEnumerable<SessionStep> Unwished()
    {
        var explanation = _first;
        if (!_first.Wishes.IsEmpty || !_request.Wishes.SequenceEqual(Wishes))
        {
            var resolver = new Resolver(_request, _supplies);
            foreach (var keys in Steps(resolver))
            {
                yield return new SessionStep.NeedsPackages(keys);
            }

            Solves++;
            _resolvesAsItIs = resolver.Step() is ResolverStep.Solved;
            explanation = (resolver.Step() as ResolverStep.Unsolvable)?.Explanation ?? _first;
        }

        _conflicts = [explanation];
        State = _unwished = new(_conflicts);
        yield return new SessionStep.Changed(State);
        if (_resolvesAsItIs || explanation.Reason is null)
        {
            _unwished = State = _unwished with { IsComplete = true };
            yield break;
        }

        foreach (var step in FindOthers(explanation.Reason))
        {
            yield return step;
        }

        State = State with { Conflicts = _conflicts };
        foreach (var step in Find(_request, explanation.Reason))
        {
            yield return step;
        }

        _unwished = State = State with { IsComplete = true };
        _foundUnwished = _known.Count;
    }

    private static IEnumerable<ImmutableArray<PackageKey>> Steps(Resolver resolver)
    {
        while (resolver.Step() is ResolverStep.NeedsPackages needs)
        {
            yield return needs.Keys;
        }
    }

    /// <summary>Looks for repairs under a request's wishes and adds them to what is offered.</summary>
    private IEnumerable<SessionStep> Find(ResolutionRequest request, Reason reason)
    {
        var finder = new RepairFinder(request, _supplies, reason);
        while (State.Repairs.Length < RepairsMax)
        {
            switch (finder.Step())
            {
                case RepairStep.NeedsPackages needs:
                    yield return new SessionStep.NeedsPackages(needs.Keys);
                    break;
                case RepairStep.Found found when State.Find(found.Repair.Id) is null:
                    Offer(Letter(found.Repair));
                    yield return new SessionStep.Changed(State);
                    break;
                case RepairStep.Found:
                    break;
                default:
                    Solves += finder.Proofs;
                    yield break;
            }
        }

        Solves += finder.Proofs;
    }

    private void Offer(OfferedRepair offer)
    {
        State = offer.Repair.IsForced
            ? State with { Forced = Sorted(State.Forced.Add(offer)) }
            : State with { Repairs = Sorted(State.Repairs.Add(offer)) };
    }

    private static ImmutableArray<OfferedRepair> Sorted(ImmutableArray<OfferedRepair> offers) =>
        [.. offers.OrderBy(offer => offer.Repair.Cost).ThenBy(offer => offer.Repair.Title, StringComparer.Ordinal)];

    /// <summary>A repair keeps the letter it had; a new one gets the next. Forced ones have letters of their own, so that the others have no gaps.</summary>
    private OfferedRepair Letter(Repair repair)
    {
        if (_known.Find(known => known.Repair.Id == repair.Id) is { } known)
        {
            return known with { Repair = repair };
        }

        var count = _known.Count(known => known.Repair.IsForced == repair.IsForced);
        var of = Math.Max(1, _conflicts.Sum(conflict => conflict.Reason?.Direct.Count() ?? 0));
        var letter = repair.IsForced ? $"O{count + 1}" : $"{(char)('A' + (count % 26))}{(count < 26 ? "" : $"{(count / 26) + 1}")}";
        var offer = new OfferedRepair(letter, repair, Math.Max(0, of - repair.GivenUp), of);
        _known.Add(offer);
        return offer;
    }

    /// <summary>Reasons that are left when the manifest lines of those found are not there.</summary>
    private IEnumerable<SessionStep> FindOthers(Reason reason)
    {
        var others = new OtherConflicts(_request, reason, _search.Limits);
        foreach (var keys in others.Find())
        {
            yield return new SessionStep.NeedsPackages(keys);
        }

        _conflicts = [.. _conflicts.Take(1), .. others.Explanations];
    }

    private IEnumerable<SessionStep> Wished(ImmutableArray<Wish> wishes)
    {
        var request = _request with { Wishes = wishes };
        _known.RemoveRange(_foundUnwished, _known.Count - _foundUnwished);
        State = new(_conflicts) { Wishes = wishes };
        foreach (var known in _known.OrderBy(known => known.Repair.IsForced).ToList())
        {
            var trial = new WishTrial(request, known.Repair, _conflicts[0].Reason!, _supplies);
            foreach (var keys in trial.Run())
            {
                yield return new SessionStep.NeedsPackages(keys);
            }

            Solves += trial.Solves;
            if (trial.Holds is { } repair)
            {
                Offer(known with { Repair = repair });
            }
            else
            {
                State = State with { RuledOut = State.RuledOut.Add(new(known, trial.By)) };
            }
        }

        yield return new SessionStep.Changed(State);
        foreach (var step in FindMore(request))
        {
            yield return step;
        }

        foreach (var step in FindDeadlock(wishes))
        {
            yield return step;
        }

        State = State with { IsComplete = true };
    }

    /// <summary>Under wishes another version may do where the one that was found first does not.</summary>
    private IEnumerable<SessionStep> FindMore(ResolutionRequest request)
    {
        var resolver = new Resolver(request, _supplies);
        foreach (var keys in Steps(resolver))
        {
            yield return new SessionStep.NeedsPackages(keys);
        }

        Solves++;
        if (resolver.Step() is ResolverStep.Unsolvable { Explanation: { Reason: { } reason } explanation })
        {
            State = _resolvesAsItIs ? State with { Conflicts = [explanation] } : State;
            foreach (var step in Find(request, reason))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<SessionStep> FindDeadlock(ImmutableArray<Wish> wishes)
    {
        var isStuck = _resolvesAsItIs
            || (State.Repairs.All(offer => offer.Repair.GivesUp) && (State.Repairs.IsEmpty || _unwished.Repairs.Any(offer => !offer.Repair.GivesUp)));
        if (!isStuck)
        {
            yield break;
        }

        var blocking = new BlockingWishes(_request, _supplies, _conflicts[0].Reason!, [.. _known.Select(known => known.Repair)], _resolvesAsItIs);
        foreach (var keys in blocking.Find(wishes))
        {
            yield return new SessionStep.NeedsPackages(keys);
        }

        Solves += blocking.Solves;
        if (!blocking.Blocking.IsEmpty)
        {
            var ways = blocking.Ways.Select(way => new WayOut(way.Dropped, way.Repair is null ? null : Letter(way.Repair)));
            State = State with { Deadlock = new(blocking.Blocking, [.. ways]) };
        }
    }
}
