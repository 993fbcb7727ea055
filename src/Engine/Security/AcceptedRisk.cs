using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Security;

/// <summary>A flaw that the project lives with, from `audit.toml`.</summary>
/// <param name="Id">Of the advisory, or any alias of it.</param>
/// <param name="Reason">Why; never empty.</param>
/// <param name="Until">The last day it holds, in UTC; null when it holds for good.</param>
/// <param name="Package">Only of this package; null for all.</param>
/// <param name="Place">Where it stands in the file; null when it is in none yet.</param>
public sealed record AcceptedRisk(string Id, string Reason, DateOnly? Until = null, PackageName? Package = null, TextPlace? Place = null)
{
    public bool HoldsOn(DateOnly day) => Until is not { } last || day <= last;
}

public enum RiskState
{
    /// <summary>Nobody accepted it.</summary>
    Open,

    Accepted,

    /// <summary>It was accepted until a day that has passed.</summary>
    Expired,
}

/// <param name="Risk">The entry that says so; null when open.</param>
public sealed record RiskDecision(RiskState State, AcceptedRisk? Risk)
{
    public static RiskDecision Open { get; } = new(RiskState.Open, null);
}
