using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Screens.Package;

/// <summary>What was read of packages beyond their releases: contents, differences, and what adding them would do.</summary>
internal sealed record PackageLooks
{
    public static PackageLooks Empty { get; } = new();

    /// <summary>README and files; null while they are read.</summary>
    public Recent<PackageId, Outcome<ContentsReport>?> Contents { get; init; } = new(24, []);

    /// <summary>Single files; null while they are read.</summary>
    public Recent<(PackageId, string), Outcome<ContentsReport>?> Files { get; init; } = new(4, []);

    public Recent<(PackageName, SemanticVersion, SemanticVersion), Outcome<ReleaseDifferenceReport>?> Differences { get; init; } = new(4, []);

    /// <summary>What adding them would do to the project as it is; null while it is tried.</summary>
    public Recent<PackageName, Outcome<FitReport>?> Fits { get; init; } = new(64, []);

    /// <summary>What advisories say of the locked packages; null until that was asked.</summary>
    public Outcome<AuditReport>? Advisories { get; init; }

    /// <summary>Why the releases of packages could not be read.</summary>
    public Recent<PackageName, Problem> Troubles { get; init; } = new(64, []);

    /// <summary>Findings that nobody accepted; null where no advisories are known of.</summary>
    public ImmutableArray<AuditFinding>? Findings => Advisories is Outcome<AuditReport>.Done { Report: { Sources.IsEmpty: false } report } ? report.Findings : null;

    /// <summary>The project is another one now.</summary>
    public PackageLooks WithoutFits() => this with { Fits = Empty.Fits, Advisories = null };
}
