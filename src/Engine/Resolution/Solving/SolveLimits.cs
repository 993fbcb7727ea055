namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// How much work a solve may do before it answers "undecided".
/// </summary>
/// <param name="Turns">Decisions and conflicts together.</param>
/// <param name="Incompatibilities">Facts and derived facts that are held at a time.</param>
public sealed record SolveLimits(long Turns = 20_000_000, int Incompatibilities = 4_000_000);

/// <summary>Where a solve stands.</summary>
public enum SolveState
{
    Running,

    /// <summary>Facts or packages are missing: <see cref="Solver.NeededFacts"/>, <see cref="Solver.NeededPackages"/>.</summary>
    Needs,
    Solved,
    Failed,

    /// <summary>A limit was reached; nothing is known.</summary>
    Undecided,
}
