using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Resolution;

/// <summary>What kind of trouble it is, so that a face can word its own offer.</summary>
public enum StoryKind
{
    /// <summary>Requirements on one package that no version fits at once.</summary>
    NoOverlap,

    /// <summary>The project itself asks for two ranges that share nothing.</summary>
    DirectClash,
    PackageMissing,
    NotAvailableOffline,

    /// <summary>Where it is to come from is not there: no registry is named for it, its folder has no manifest.</summary>
    SourceMissing,
    NoVersionMatches,
    OnlyYanked,
    OnlyPrereleases,
    TooNewForAsOf,
    FeatureMissing,
    EngineTooOld,
    TwoSources,
    LinksClash,

    /// <summary>What the user said must stay or must not be leaves nothing.</summary>
    WishesBlock,
}

/// <summary>
/// Why there is no resolution, in words of the manifest. The facts alone already cannot all hold: that is tested by
/// solving with nothing else.
/// </summary>
/// <param name="Headline">One or two sentences that name what the user asked for.</param>
/// <param name="Facts">Numbered from 1, what the user wrote first.</param>
/// <param name="Conclusion">What follows from the facts, with their numbers; empty when the headline says it all.</param>
/// <param name="Hints">Things worth knowing that are not part of the reason: what exists nearby, what to try.</param>
public sealed partial record Explanation(
    StoryKind Story,
    string Headline,
    ImmutableArray<ExplainedFact> Facts,
    string Conclusion,
    ImmutableArray<string> Hints)
{
    /// <summary>Facts on a card; more are behind "explain more".</summary>
    public const int CardFactsMax = 7;

    /// <summary>Facts in the full text.</summary>
    public const int FullFactsMax = 20;

    /// <summary>Packages the reason is about, the contested one first.</summary>
    public ImmutableArray<PackageName> Packages { get; init; } = [];

    /// <summary>Of the request's wishes, those that are part of the reason.</summary>
    public ImmutableArray<Wish> Wishes { get; init; } = [];

    /// <summary>The facts behind the words.</summary>
    internal Explaining.Reason? Reason { get; init; }
}

/// <summary>One true sentence the reason stands on.</summary>
/// <param name="Text">Without a full stop, for example `every web-kit 2 needs http-core 2 or newer`.</param>
/// <param name="Detail">Which versions that is, or what is known about it; null when there is no more to say.</param>
/// <param name="Place">The manifest line it comes from; null when it comes from a package.</param>
/// <param name="Package">The package that says it; null for the project.</param>
public sealed record ExplainedFact(int Number, string Text, string? Detail, TextPlace? Place, PackageName? Package)
{
    /// <summary>The dependency line that it is about, as the manifest will have it; null for a package's own.</summary>
    public Dependency? Line { get; init; }

    /// <summary>What "this must stay" means here; null when there is nothing to keep.</summary>
    public Wish? MustStay { get; init; }

    /// <summary>What "this must not be" means here; null when it cannot be otherwise.</summary>
    public Wish? MustNot { get; init; }
}
