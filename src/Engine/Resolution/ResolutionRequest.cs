using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>Everything a resolution depends on, apart from package metadata. A value: the same request gives the same answer.</summary>
/// <param name="Roots">The project's own manifests, the root first.</param>
/// <param name="Options">`[resolution]` of the root manifest, as changed by the command line.</param>
public sealed record ResolutionRequest(ImmutableArray<ResolutionRoot> Roots, ResolutionTable Options)
{
    /// <summary>What was resolved before.</summary>
    public Lockfile? Locked { get; init; }

    /// <summary>What is locked in truth, where <see cref="Locked"/> has versions in it that were asked for exactly; null when it has none.</summary>
    public Lockfile? LockedInTruth { get; init; }

    /// <summary>What differences are seen from.</summary>
    internal Lockfile? Before => LockedInTruth ?? Locked;

    public Unlocking Unlocking { get; init; } = Unlocking.Nothing.Instance;

    /// <summary>Versions of languages and tools at hand, by the names used in `Engines`; one that is not here is not checked.</summary>
    public ImmutableSortedDictionary<string, SemanticVersion> Engines { get; init; } =
        ImmutableSortedDictionary.Create<string, SemanticVersion>(StringComparer.Ordinal);

    /// <summary>Names that exist, to suggest the nearest when one does not; may be empty.</summary>
    public ImmutableArray<PackageName> KnownNames { get; init; } = [];

    /// <summary>Yanked releases to treat as if the lockfile named them; how the repair that accepts one is applied.</summary>
    public ImmutableArray<PackageId> AcceptedYanked { get; init; } = [];

    /// <summary>What must stay and what must not be.</summary>
    public ImmutableArray<Wish> Wishes { get; init; } = [];

    /// <summary>Turns of the solver's main loop before it gives up as undecided.</summary>
    public int TurnsMax { get; init; } = 2_000_000;
}
