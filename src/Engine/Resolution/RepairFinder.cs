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
    private const int AttemptsMax = 100;
    private const int ScreenedMax = 2_000;
    private const int LeversMax = 4;
    private const int TurnsMax = 400_000;
    private const int AttemptTurnsMax = 40_000;

    private readonly Supplies _supplies;
    private readonly IEnumerator<RepairStep> _steps;
    private readonly PriorityQueue<ImmutableArray<Lever>, (RepairCost, int)> _open = new();
    private readonly PriorityQueue<Repair, (RepairCost, string)> _found = new();
    private readonly HashSet<string> _seen = [];
    private readonly List<ImmutableArray<Lever>> _proven = [];
    private readonly HashSet<string> _reported = [];

    private Search _search;
    private Screen? _screen;
    private FactBook? _book;
    private int _screened;
    private int _attempts;
    private long _turns;

    internal RepairFinder(ResolutionRequest request, Supplies supplies)
    {
        (Request, _supplies) = (request, supplies);
        _search = new(request, supplies);
        _steps = Run().GetEnumerator();
    }

    public ResolutionRequest Request { get; }

    /// <summary>Resolutions tried so far.</summary>
    public int Attempts => _attempts;

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

            if (_attempts >= AttemptsMax || _screened >= ScreenedMax || _turns >= TurnsMax)
            {
                break;
            }

            if (_proven.Any(known => known.All(levers.Contains)))
            {
                continue;
            }

            foreach (var needs in Try(levers))
            {
                yield return needs;
            }
        }

        while (_found.TryDequeue(out var repair, out _))
        {
            yield return new RepairStep.Found(repair);
        }
    }

    private IEnumerable<RepairStep> Try(ImmutableArray<Lever> levers)
    {
        if (_screen is { } screen)
        {
            _screened++;
            foreach (var needs in screen.Run(levers))
            {
                yield return needs;
            }

            _turns += screen.Turns;
            if (screen.Core is { } core)
            {
                Branch(levers, new Reason(_book!, core));
                yield break;
            }
        }

        foreach (var needs in Solve(Opened(levers)))
        {
            yield return needs;
        }

        if (_search.Outcome == SolveState.Failed)
        {
            var (book, solver) = (_search.Lowered!, _search.Solver!);
            Branch(levers, new Reason(book, levers.IsEmpty ? CoreFacts.Minimal(book, solver, _search.Limits) : solver.Core()));
            _book ??= book;
            _screen ??= new(book, solver, _search.Limits);
        }
        else if (_search.Outcome == SolveState.Solved && levers.Length > 0)
        {
            var edits = Narrowing.Narrow(levers, _search.Resolution!);
            var yanked = levers.Select(lever => lever.Yanked).OfType<PackageId>().ToImmutableArray();
            foreach (var needs in Solve(Changed(edits, yanked)))
            {
                yield return needs;
            }

            if (_search.Outcome == SolveState.Solved)
            {
                _proven.Add(levers);
                Report(levers, edits, yanked);
            }
        }
    }

    private IEnumerable<RepairStep> Solve(ResolutionRequest request)
    {
        _attempts++;
        _search = new(request with { TurnsMax = Math.Min(request.TurnsMax, AttemptTurnsMax) }, _supplies);
        foreach (var needs in _search.Run())
        {
            yield return new RepairStep.NeedsPackages(needs.Keys);
        }

        _turns += _search.Solver!.Decisions + _search.Solver.Conflicts;
    }

    private void Branch(ImmutableArray<Lever> levers, Reason reason)
    {
        if (levers.Length >= LeversMax)
        {
            return;
        }

        foreach (var lever in Levers.Of(Request, reason))
        {
            if (!levers.Any(known => Excludes(known, lever)))
            {
                Open(levers.Add(lever));
            }
        }
    }

    /// <summary>Two changes of the same line do not go together.</summary>
    private static bool Excludes(Lever a, Lever b) => a.Key == b.Key || (Line(a) is { } line && line == Line(b));

    private static (string, DependencyGroup, string)? Line(Lever lever) => lever.Edit switch
    {
        ManifestEdit.ChangeConstraint e => (e.File, e.Group, e.LocalName),
        ManifestEdit.RemoveDependency e => (e.File, e.Group, e.LocalName),
        ManifestEdit.RenameDependency e => (e.File, e.Group, e.LocalName),
        ManifestEdit.ChangeOrigin e => (e.File, e.Group, e.LocalName),
        ManifestEdit.RemoveFeature e => (e.File, e.Group, e.LocalName),
        _ => null,
    };

    private void Open(ImmutableArray<Lever> levers)
    {
        if (_seen.Add(string.Join('\n', levers.Select(lever => lever.Key).Order(StringComparer.Ordinal))))
        {
            _open.Enqueue(levers, (RepairCost.AtLeast(levers), _seen.Count));
        }
    }

    private ResolutionRequest Opened(ImmutableArray<Lever> levers)
    {
        var request = Changed(levers.Select(lever => lever.Edit).OfType<ManifestEdit>(), levers.Select(lever => lever.Yanked).OfType<PackageId>());
        var names = levers.Where(lever => lever.TakesPrerelease).Select(lever => ((ManifestEdit.ChangeConstraint)lever.Edit!).Name);
        return request with { Options = request.Options with { PrereleaseNames = request.Options.PrereleaseNames.AddRange(names) } };
    }

    private ResolutionRequest Changed(IEnumerable<ManifestEdit> edits, IEnumerable<PackageId> yanked) =>
        RepairRequest.Apply(Request, edits) with { AcceptedYanked = Request.AcceptedYanked.AddRange(yanked) };

    private void Report(ImmutableArray<Lever> levers, ImmutableArray<ManifestEdit> edits, ImmutableArray<PackageId> yanked)
    {
        var resolution = _search.Resolution!;
        var difference = LockDifference.Between(Request.Locked, resolution.ToLockfile());
        var retreats = edits.Where(edit => Narrowing.IsRetreat(Request, edit)).ToList();
        var title = Titles.Of(edits, yanked, resolution, retreats.Contains);
        var risk = levers.Where(lever => lever.Edit is not null).Zip(edits, Narrowing.Risk)
            .Concat(levers.Where(lever => lever.Edit is null).Select(lever => lever.Risk)).Max();
        risk = retreats.Count > 0 ? RepairRisk.GiveUp : risk;
        if (!_reported.Add(title))
        {
            return;
        }

        var least = RepairCost.AtLeast(levers);
        var cost = least with
        {
            GivenUp = least.GivenUp + retreats.Count,
            Risk = risk,
            Step = Narrowing.Step(edits),
            Changes = difference.Changes.Length,
            Downgrades = difference.Count(LockChangeKind.Downgraded),
        };
        _found.Enqueue(
            new(RepairId.Of(edits, yanked), risk, title, Titles.Reason(difference), edits, yanked, resolution, difference),
            (cost, title));
    }
}
