using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>One thing to decide: a flaw of one locked version of a package.</summary>
/// <param name="Match">The flaw, from all advisories that are aliases of each other.</param>
/// <param name="Registry">Where the package comes from.</param>
public sealed record AuditFinding(AdvisoryMatch Match, PackageId Package, string Registry)
{
    public string Id => Match.Id;

    public Severity Severity => Match.Rating.Severity;

    /// <summary>What the package is used for: normal where it ships with the project.</summary>
    public DependencyGroup Group { get; init; }

    /// <summary>Whether a manifest of the project names it.</summary>
    public bool IsDirect { get; init; }

    /// <summary>How the project came to need it, shortest first; each from the project to the package.</summary>
    public ImmutableArray<ImmutableArray<WhyStep>> Paths { get; init; } = [];

    public int PathsLeftOut { get; init; }

    /// <summary>The sources of advisories that say it, by name.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Markdown from outside; empty when there is none.</summary>
    public string Details { get; init; } = "";

    public ImmutableArray<AdvisoryReference> References { get; init; } = [];

    /// <summary>What would get rid of it; null when that was not looked for.</summary>
    public AuditFix? Fix { get; init; }

    /// <summary>The entry of `audit.toml` that accepts it, or did until a day that has passed; null when there is none.</summary>
    public AcceptedRisk? Accepted { get; init; }

    /// <summary>A flaw that can harm, as opposed to a word about the package such as that nobody looks after it.</summary>
    public bool IsHarmful => Match.Category is AdvisoryCategory.Vulnerability or AdvisoryCategory.Malware;

    /// <summary>For comparing with a level: what nobody has judged counts as medium.</summary>
    public Severity Weight =>
        Match.Category == AdvisoryCategory.Malware ? Severity.Critical : Severity == Severity.Unknown ? Severity.Medium : Severity;
}
