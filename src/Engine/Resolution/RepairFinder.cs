using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Explaining;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Repairing;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution;

/// <summary>
/// Finds changes to the manifest (or the lockfile) under which the request has a resolution, least change first. Every
/// one is solved in full, with the exact text it proposes, before it is reported. Bounded by attempts, not by time.
/// </summary>
public sealed class RepairFinder
{
    private const int ProofsMax = 16;
    private const int TriesMax = 1_000;
    private const int LeversMax = 4;
    private const int TurnsMax = 150_000;
    private const int TryTurnsMax = 10_000;
    private const int ProofTurnsMax = 40_000;

    /// <summary>How many more changes a repair that keeps every dependency may need than the one that needs fewest.</summary>
    private const int MoreLevers = 1;

    private readonly Supplies _supplies;
    private readonly Reason _reason;
    private readonly IEnumerator<RepairStep> _steps;
    private readonly PriorityQueue<ImmutableArray<Lever>, (RepairCost, int)> _open = new();
    private readonly PriorityQueue<Repair, (RepairCost, string)> _found = new();
    private readonly HashSet<string> _seen = [];
    private readonly List<ImmutableArray<Lever>> _proven = [];
    private readonly HashSet<string> _reported = [];
    private readonly Ground _ground;

    private Ground? _copies;
    private int _tries;
    private int _proofs;
    private long _turns;

    internal RepairFinder(ResolutionRequest request, Supplies supplies, Reason reason)
    {
        (Request, _supplies, _reason) = (request, supplies, reason);
        _ground = new(reason.Book, TryLimits);
        _ground.Remember(reason.Core);
        _steps = Run().GetEnumerator();
    }

    public ResolutionRequest Request { get; }

    /// <summary>Resolutions made so far to prove what was found.</summary>
    public int Proofs => _proofs;

    private static SolveLimits TryLimits => new(TryTurnsMax);

    /// <summary>Goes on to the next stop; after the last, <see cref="RepairStep.Exhausted"/> for ever.</summary>
    public RepairStep Step() => _steps.MoveNext() ? _steps.Current : new RepairStep.Exhausted();

    public void Supply(SuppliedPackage package) => _supplies.Add(package);

    public void SupplyMissing(PackageKey key, Problem reason) => _supplies.AddMissing(key, reason);

    private IEnumerable<RepairStep> Run()
    {
        Open([]);
        while (_open.TryDequeue(out var levers, out var order))
        {
            while (_found.TryPeek(out _, out var best) && best.Item1.CompareTo(order.Item1) < 0)
            {
                yield return new RepairStep.Found(_found.Dequeue());
            }

            if (_proofs >= ProofsMax || _tries >= TriesMax || _turns >= TurnsMax)
            {
                break;
            }

            if (levers.Length > LengthMax(levers) || _proven.Any(known => known.All(levers.Contains)))
            {
                continue;
            }

            foreach (var keys in Look(levers))
            {
                yield return new RepairStep.NeedsPackages(keys);
            }
        }

        while (_found.TryDequeue(out var repair, out _))
        {
            yield return new RepairStep.Found(repair);
        }
    }

    private int FewestLevers => _proven.Count == 0 ? LeversMax : _proven.Min(levers => levers.Length);

    private int LengthMax(ImmutableArray<Lever> levers) =>
        FewestLevers + (levers.Any(lever => lever.Risk == RepairRisk.GiveUp) ? 0 : MoreLevers);

    private IEnumerable<ImmutableArray<PackageKey>> Look(ImmutableArray<Lever> levers)
    {
        var ground = GroundOf(levers);
        if (ground.Known(levers) is { } known)
        {
            Branch(levers, new Reason(ground.Book, known));
            yield break;
        }

        _tries++;
        foreach (var keys in ground.Try(levers))
        {
            yield return keys;
        }

        _turns += ground.Turns;
        if (ground.State == SolveState.Failed)
        {
            Branch(levers, new Reason(ground.Book, ground.Core));
        }
        else if (ground.State == SolveState.Solved && Narrowing.Narrow(levers, ground) is { } edits)
        {
            foreach (var keys in Prove(levers, edits))
            {
                yield return keys;
            }
        }
    }

    private IEnumerable<ImmutableArray<PackageKey>> Prove(ImmutableArray<Lever> levers, ImmutableArray<ManifestEdit> edits)
    {
        _proofs++;
        var yanked = levers.Select(lever => lever.Yanked).OfType<PackageId>().ToImmutableArray();
        var request = RepairRequest.Apply(Request, edits) with { AcceptedYanked = Request.AcceptedYanked.AddRange(yanked) };
        var search = new Search(request with { TurnsMax = Math.Min(request.TurnsMax, ProofTurnsMax) }, _supplies);
        foreach (var needs in search.Run())
        {
            yield return needs.Keys;
        }

        _turns += search.Solver!.Decisions + search.Solver.Conflicts;
        if (search.Outcome == SolveState.Solved)
        {
            Report(levers, edits, yanked, search.Resolution!);
            _proven.Add(levers);
        }
    }

    /// <summary>With copies allowed everything is lowered differently, so that has facts of its own.</summary>
    private Ground GroundOf(ImmutableArray<Lever> levers)
    {
        var copies = levers.Select(lever => lever.Edit).OfType<ManifestEdit.SetDuplicates>().FirstOrDefault();
        return copies is null ? _ground : _copies ??= new(
            new(RepairRequest.Apply(Request, [copies]), _supplies, _reason.Book.Admission.Authorised), TryLimits);
    }

    private void Branch(ImmutableArray<Lever> levers, Reason reason)
    {
        if (levers.Length >= LeversMax)
        {
            return;
        }

        foreach (var lever in Levers.Of(Request, reason))
        {
            if (!IsRuledOut(lever) && !levers.Any(known => Excludes(known, lever)))
            {
                Open(levers.Add(lever));
            }
        }
    }

    private bool IsRuledOut(Lever lever) => lever.Edit is { } edit && Request.Wishes.Any(wish => wish.RulesOut(edit));

    /// <summary>Two changes of the same line do not go together.</summary>
    private static bool Excludes(Lever a, Lever b) => a.Key == b.Key || (Line(a) is { } line && line == Line(b));

    private static (string, DependencyGroup, string)? Line(Lever lever) =>
        lever.Edit is { Line: { } line } edit ? (edit.File, line.Group, line.LocalName) : null;

    private void Open(ImmutableArray<Lever> levers)
    {
        if (_seen.Add(string.Join('\n', levers.Select(lever => lever.Key).Order(StringComparer.Ordinal))))
        {
            _open.Enqueue(levers, (RepairCost.AtLeast(levers), _seen.Count));
        }
    }

    private void Report(
        ImmutableArray<Lever> levers, ImmutableArray<ManifestEdit> edits, ImmutableArray<PackageId> yanked, Resolution resolution)
    {
        var title = Titles.Of(edits, yanked, resolution, edit => Narrowing.IsRetreat(Request, edit), _reason);
        var isRoundabout = _proven.Count > 0 && edits.Any(edit => Narrowing.IsAboutOwnLines(edit, resolution));
        if (isRoundabout || !_reported.Add(title))
        {
            return;
        }

        var difference = LockDifference.Between(Request.Before, resolution.ToLockfile());
        var cost = Cost(levers, edits, resolution, difference);
        _found.Enqueue(
            new(RepairId.Of(edits, yanked), cost.Risk, title, Titles.Reason(difference), edits, yanked, resolution, difference) { Cost = cost },
            (cost, title));
    }

    private RepairCost Cost(
        ImmutableArray<Lever> levers, ImmutableArray<ManifestEdit> edits, Resolution resolution, LockDifference difference)
    {
        var retreats = edits.Count(edit => Narrowing.IsRetreat(Request, edit));
        var risk = levers.Where(lever => lever.Edit is not null).Zip(edits, Narrowing.Risk)
            .Concat(levers.Where(lever => lever.Edit is null).Select(lever => lever.Risk)).Max();
        var least = RepairCost.AtLeast(levers);
        return least with
        {
            GivenUp = least.GivenUp + retreats,
            FarOverrides = edits.Count(edit => Narrowing.IsFar(edit, resolution)),
            Risk = retreats > 0 ? RepairRisk.GiveUp : risk,
            Step = Narrowing.Step(edits),
            Changes = difference.Changes.Length,
            Downgrades = difference.Count(LockChangeKind.Downgraded),
        };
    }
}
