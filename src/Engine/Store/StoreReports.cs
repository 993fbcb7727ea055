using System.Collections.Immutable;

namespace Registry.Engine.Store;

/// <summary>What is in a store and what it was good for.</summary>
/// <param name="Packages">Trees.</param>
/// <param name="Bytes">Sum of the sizes of the files, without what the file system adds.</param>
/// <param name="Hits">Trees that were asked for and there, over all processes.</param>
/// <param name="Misses">Trees that were asked for and not there.</param>
/// <param name="FetchedBytes">Compressed bytes of all archives that were added.</param>
/// <param name="Projects">Projects that have used it and still exist.</param>
public sealed record StoreStatistics(
    int Packages, long Files, long Bytes, long Hits, long Misses, long FetchedBytes, ImmutableArray<string> Projects)
{
    /// <summary>Hits among all questions, 0 to 1; null before the first.</summary>
    public double? HitRate => Hits + Misses == 0 ? null : (double)Hits / (Hits + Misses);
}

/// <summary>A tree that is not what was put into the store.</summary>
/// <param name="Paths">Files that are missing, changed or strange, sorted; none when the index itself is gone.</param>
public sealed record DamagedTree(StoreKey Key, ImmutableArray<string> Paths);

public sealed record StoreVerification(int Packages, long Files, long Bytes, ImmutableArray<DamagedTree> Damaged);

/// <summary>What is done with damaged trees.</summary>
public enum DamageRule
{
    Report,
    Discard,
}

/// <summary>Whether a collection only says what it would do.</summary>
public enum CollectionMode
{
    Preview,
    Delete,
}

/// <param name="Removed">Trees, sorted by key.</param>
/// <param name="RemovedBytes">Sum of the sizes of their files; files still linked from projects keep their space until those go.</param>
/// <param name="Leftovers">Half made trees of processes that died.</param>
public sealed record StoreCollection(ImmutableArray<StoreKey> Removed, long RemovedBytes, int Kept, int Leftovers);
