using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>What it takes to get rid of a finding, least first.</summary>
public enum FixEffort
{
    /// <summary>The lockfile changes, and nothing else.</summary>
    LockOnly,

    /// <summary>A constraint in a manifest moves too.</summary>
    Manifest,

    /// <summary>Only with a step that may break dependents, or by giving something up.</summary>
    NeedsChoice,

    /// <summary>No release is without it.</summary>
    None,
}

/// <summary>The least change that gets rid of a finding, proven by a full solve; or why there is none.</summary>
/// <param name="Why">In words, when nothing was found or more is needed; else null.</param>
public sealed record AuditFix(FixEffort Effort, string? Why)
{
    /// <summary>What to do; null when nothing was found.</summary>
    public ProjectEdit.Fix? Edit { get; init; }

    /// <summary>The version of the package afterwards; null when the project no longer needs it, or nothing was found.</summary>
    public SemanticVersion? To { get; init; }

    /// <summary>What it does to the lockfile.</summary>
    public LockDifference Lock { get; init; } = new([]);

    /// <summary>Whether a package makes a step that may break its dependents.</summary>
    public bool IsBreaking { get; init; }

    /// <summary>Whether it may be applied without another thought: the lockfile alone, and nothing that may break.</summary>
    public bool IsSafe => Effort == FixEffort.LockOnly && Edit is not null && !IsBreaking;
}
