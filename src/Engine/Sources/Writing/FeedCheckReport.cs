using System.Collections.Immutable;

namespace Registry.Engine.Sources.Writing;

public enum FeedFaultKind
{
    /// <summary>Something the feed names is missing, damaged or contradicts something else. Readers will fail on it.</summary>
    Damage,

    /// <summary>A left-over of a killed writer or an outdated copy; readers do not notice.</summary>
    Leftover,
}

/// <param name="Path">The file, relative to the feed.</param>
/// <param name="What">What is wrong with it; lower-case start, no full stop.</param>
public sealed record FeedFault(FeedFaultKind Kind, string Path, string What);

/// <summary>What a full check of a feed folder found.</summary>
/// <param name="Objects">Objects that the current state names, all of them read.</param>
/// <param name="Bytes">Of those.</param>
/// <param name="Orphans">Objects that it does not name: of earlier states, or of a killed writer. Harmless.</param>
public sealed record FeedCheckReport(
    long Serial, int Packages, int Versions, int Objects, long Bytes, int Orphans, long OrphanBytes, ImmutableArray<FeedFault> Faults)
{
    public bool IsSound => Faults.All(fault => fault.Kind == FeedFaultKind.Leftover);
}
