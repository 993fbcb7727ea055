using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>How far a repair goes, least first; the first thing repairs are ranked by.</summary>
public enum RepairRisk
{
    /// <summary>A constraint is widened or moved within compatible versions, or a mistake in writing is put right.</summary>
    Compatible,

    /// <summary>A direct dependency goes to another major version.</summary>
    Major,

    /// <summary>A pre-release is used.</summary>
    Prerelease,

    /// <summary>Two versions of a package side by side.</summary>
    SecondCopy,

    /// <summary>A package gets a version its dependent does not ask for.</summary>
    Override,

    /// <summary>A release that its publisher took back is used.</summary>
    Yanked,

    /// <summary>A feature asked for is given up.</summary>
    GiveUpFeature,

    /// <summary>A dependency asked for is given up, or an upgrade that was just asked for.</summary>
    GiveUp,
}

/// <summary>A change that makes the project resolvable, proven by resolving it in full.</summary>
/// <param name="Id">Stable for the same conflict and change, for example `change-auth-kit-2a91`.</param>
/// <param name="Title">What to do, in one line.</param>
/// <param name="Reason">Why it helps or what it costs, in one line; may be empty.</param>
/// <param name="AcceptedYanked">Yanked releases to go into <see cref="ResolutionRequest.AcceptedYanked"/>; the lockfile keeps them from then on.</param>
/// <param name="Resolution">What it leads to.</param>
/// <param name="Difference">From the current lockfile to that.</param>
public sealed record Repair(
    string Id,
    RepairRisk Risk,
    string Title,
    string Reason,
    ImmutableArray<ManifestEdit> Edits,
    ImmutableArray<PackageId> AcceptedYanked,
    Resolution Resolution,
    LockDifference Difference)
{
    /// <summary>Whether a package is forced on others that do not ask for it: it resolves, and nothing says that it works.</summary>
    public bool IsForced => Edits.Any(edit => edit is ManifestEdit.AddOverride);

    /// <summary>Whether something that was asked for is given up.</summary>
    public bool GivesUp => Risk is RepairRisk.GiveUp or RepairRisk.GiveUpFeature;

    /// <summary>How much is given up of what was asked for.</summary>
    public int GivenUp => Cost.Dropped + Cost.GivenUp;

    /// <summary>What repairs are ranked by.</summary>
    internal Repairing.RepairCost Cost { get; init; }

    /// <summary>The same, with a reason beside each override that it writes.</summary>
    public Repair WithReason(string reason) => this with
    {
        Edits = [.. Edits.Select(edit => edit is ManifestEdit.AddOverride added ? added with { Reason = reason } : edit)],
    };
}

/// <summary>What <see cref="RepairFinder.Step"/> came to.</summary>
public abstract record RepairStep
{
    private RepairStep()
    {
    }

    /// <summary>As <see cref="ResolverStep.NeedsPackages"/>.</summary>
    public sealed record NeedsPackages(ImmutableArray<PackageKey> Keys) : RepairStep;

    /// <summary>One more proven repair.</summary>
    public sealed record Found(Repair Repair) : RepairStep;

    /// <summary>Nothing more to try within the budget.</summary>
    public sealed record Exhausted : RepairStep;
}

/// <summary>The detail of a <see cref="Problems.ProblemCode.NoResolution"/> problem.</summary>
public sealed record NoResolutionDetail(Explanation Explanation, ImmutableArray<Repair> Repairs) : Problems.ProblemDetail;
