using Registry.Engine.Model;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>What a fact of the solver means. A fact's tag is the index of its info.</summary>
internal abstract record FactInfo;

/// <summary>Wiring between nodes that says nothing by itself: a feature belongs to its package's version, and the like.</summary>
internal sealed record WiringFact : FactInfo
{
    public static WiringFact Instance { get; } = new();
}

/// <summary>The releases in <paramref name="Line"/> ask for the package, or (with <paramref name="Feature"/>) for a feature of it.</summary>
internal sealed record LineFact(Line Line, Node Asker, string? Feature) : FactInfo;

/// <summary>A feature turns on an optional dependency or another feature.</summary>
internal sealed record FeatureFact(FeatureNode Feature, TiedNode TurnsOn) : FactInfo;

/// <summary>Some releases of a requirement with several ranges: what each range means.</summary>
internal sealed record ChoiceFact(ChoiceNode Choice, int Ordinal, string? Feature) : FactInfo;

internal enum UnavailableReason
{
    Yanked,
    Quarantined,
    Revoked,
    TooNew,
    Engine,

    /// <summary>The user said so.</summary>
    Wish,
}

/// <summary>Releases that may not be chosen.</summary>
/// <param name="Engine">For <see cref="UnavailableReason.Engine"/>: the tool and what the releases need of it.</param>
internal sealed record UnavailableFact(
    VersionsNode Node, OrdinalSet Versions, UnavailableReason Reason, string? Engine = null, Constraint? Needs = null) : FactInfo
{
    /// <summary>For <see cref="UnavailableReason.Wish"/>.</summary>
    public Wish? Wish { get; init; }
}

/// <summary>Releases that do not have a feature.</summary>
internal sealed record FeatureMissingFact(FeatureNode Node, OrdinalSet Versions) : FactInfo;

/// <summary>A name from two sources.</summary>
internal sealed record TwoSourcesFact(VersionsNode First, VersionsNode Second) : FactInfo;

/// <summary>Two versions of a package side by side, which the user does not want.</summary>
internal sealed record CopiesFact(VersionsNode First, VersionsNode Second, Wish Wish) : FactInfo;

/// <summary>Two packages that claim the same `links` value.</summary>
internal sealed record LinksFact(VersionsNode First, VersionsNode Second, string Links) : FactInfo;
