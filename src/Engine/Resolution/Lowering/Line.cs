using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>
/// A dependency line as the solver has it: asked by the releases of a package that have the same line, with what an
/// override makes of it, and, once metadata is there, with what it may be.
/// </summary>
internal sealed class Line(VersionsNode from, Dependency written, Override? replaced, TextPlace? place)
{
    public VersionsNode From { get; } = from;

    public Dependency Written { get; } = written;

    public Override? Replaced { get; } = replaced;

    public TextPlace? Place { get; } = place;

    public PackageName Name => Written.Name;

    public Constraint Constraint => Replaced?.Constraint ?? Written.Constraint;

    /// <summary>What has to be supplied; a member of the project needs nothing.</summary>
    public required PackageKey Key { get; init; }

    public PrereleaseUse Prereleases { get; init; }

    /// <summary>Ordinals of <see cref="From"/> whose release has the line.</summary>
    public OrdinalSet Versions { get; set; } = OrdinalSet.Empty;

    public bool IsResolved { get; set; }

    /// <summary>Why there is no metadata.</summary>
    public Problem? Missing { get; set; }

    public PackageTable? Table { get; set; }

    /// <summary>Where it leads when all that fits is in one node; with nothing that fits, any node of the package.</summary>
    public VersionsNode? Target { get; set; }

    public OrdinalSet Allowed { get; set; } = OrdinalSet.Empty;

    /// <summary>Where it leads when what fits is in several compatible ranges.</summary>
    public ChoiceNode? Choice { get; set; }

    /// <summary>Whether it is that line of a manifest of the project.</summary>
    public bool IsWrittenAs(string file, DependencyGroup group, string localName) =>
        From.Table.Root?.File == file && Written.Group == group && Written.LocalName == localName;
}
