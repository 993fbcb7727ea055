using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>How much of a foreign value came over.</summary>
public enum CarryOver
{
    /// <summary>Carried over with a meaning that is close but not the same.</summary>
    Changed,

    /// <summary>Left out.</summary>
    LeftOut,
}

/// <summary>Something that did not come over as it was.</summary>
/// <param name="Place">Where it stands in the foreign file, as a key path: `dependencies.left-pad`.</param>
/// <param name="Reason">What became of it and why, lower-case start, no full stop.</param>
public sealed record ForeignRemark(string Place, CarryOver CarryOver, string Reason);

/// <summary>The manifest of another package manager, read as ours.</summary>
/// <param name="Manifest">What could be carried over.</param>
/// <param name="Scripts">Named commands, kept as data in `[scripts]`.</param>
/// <param name="Remarks">Everything else, in the order of the file.</param>
public sealed record ForeignManifest(
    Manifest Manifest,
    ImmutableSortedDictionary<string, string> Scripts,
    ImmutableArray<ForeignRemark> Remarks);
