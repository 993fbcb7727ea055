using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Store;

/// <param name="Folder">Where the store is; made when absent.</param>
public sealed record StoreOptions(string Folder)
{
    /// <summary>A folder that a team shares (a network drive): archives are looked up there first and left there. Null for none.</summary>
    public string? SharedFolder { get; init; }

    /// <summary>Bounds for archives that are added.</summary>
    public ArchiveRules Rules { get; init; } = ArchiveRules.Install;

    /// <summary>Trees that are unpacked, linked or checked at once.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 4);
}
