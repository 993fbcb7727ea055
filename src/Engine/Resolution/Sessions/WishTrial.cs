using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Repairing;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>Whether a repair that was proven without wishes can be had with them, proven from the start, and if not, which wishes it is up to.</summary>
internal sealed class WishTrial(ResolutionRequest request, Repair repair, Explaining.Reason reason, Supplies supplies)
{
    /// <summary>The repair with what it leads to now; null when the wishes rule it out.</summary>
    public Repair? Holds { get; private set; }

    /// <summary>The wishes that rule it out; without one of them it works.</summary>
    public ImmutableArray<Wish> By { get; private set; } = [];

    public int Solves { get; private set; }

    public IEnumerable<ImmutableArray<PackageKey>> Run()
    {
        By = [.. request.Wishes.Where(wish => repair.Edits.Any(wish.RulesOut)).Take(1)];
        if (!By.IsEmpty)
        {
            yield break;
        }

        var repaired = RepairRequest.Apply(request, repair);
        var search = new Search(repaired, supplies);
        foreach (var needs in search.Run())
        {
            yield return needs.Keys;
        }

        Solves++;
        if (search.Outcome == SolveState.Solved)
        {
            Holds = WithResolution(search.Resolution!);
        }
        else if (search.Outcome == SolveState.Failed)
        {
            By = Explaining.Explainer.Explain(repaired, search.Lowered!, search.Solver!, search.Limits).Wishes;
        }

        // A solve that ran out of turns says nothing; without a proof it is not offered.
        By = Holds is null && By.IsEmpty ? request.Wishes : By;
    }

    private Repair WithResolution(Resolution resolution)
    {
        var difference = LockDifference.Between(request.Before, resolution.ToLockfile());
        return repair with
        {
            Title = Titles.Of(repair.Edits, repair.AcceptedYanked, resolution, edit => Narrowing.IsRetreat(request, edit), reason),
            Resolution = resolution,
            Difference = difference,
            Reason = Titles.Reason(difference),
            Cost = repair.Cost with { Changes = difference.Changes.Length, Downgrades = difference.Count(LockChangeKind.Downgraded) },
        };
    }
}
