using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Security;

/// <summary>All accepted risks of a project.</summary>
public sealed record AcceptedRisks(ImmutableArray<AcceptedRisk> Entries)
{
    public static AcceptedRisks None { get; } = new([]);

    /// <summary>What is said of a match: an entry that holds before one that has expired.</summary>
    /// <param name="today">In UTC.</param>
    public RiskDecision For(AdvisoryMatch match, PackageName package, DateOnly today) => For(match.Ids, package, today);

    /// <param name="ids">All ids of the flaw: an entry with any of them counts.</param>
    public RiskDecision For(ImmutableArray<string> ids, PackageName package, DateOnly today)
    {
        var decision = RiskDecision.Open;
        foreach (var entry in Entries)
        {
            if (!ids.Contains(entry.Id, StringComparer.OrdinalIgnoreCase) || (entry.Package is { } only && only != package))
            {
                continue;
            }

            if (entry.HoldsOn(today))
            {
                return new(RiskState.Accepted, entry);
            }

            decision = decision.State == RiskState.Open ? new(RiskState.Expired, entry) : decision;
        }

        return decision;
    }

    /// <summary>A warning for each entry that no decision was made by.</summary>
    /// <param name="decisions">All decisions of one audit.</param>
    public ImmutableArray<Problem> Unused(IEnumerable<RiskDecision> decisions)
    {
        var used = decisions.Select(decision => decision.Risk).ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. Entries.Where(entry => !used.Contains(entry)).Select(entry => new Problem(
                ProblemCode.AuditFileInvalid,
                $"the accepted risk `{entry.Id}`{(entry.Package is { } package ? $" of `{package}`" : "")} matches nothing",
                "take it out, unless it is there for a package that is only sometimes installed", entry.Place)),
        ];
    }
}
