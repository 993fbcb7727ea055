using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A file that applying writes, makes or deletes.</summary>
/// <param name="File">Relative to the project root.</param>
/// <param name="Old">What planning read; null when there was no file.</param>
/// <param name="New">Null to delete it.</param>
internal sealed record PreparedFile(string File, byte[]? Old, byte[]? New);

/// <summary>Everything that applying a plan needs: bytes, not intentions.</summary>
internal sealed record PreparedChange
{
    /// <summary>As planning read it; applying refuses when the files are different now.</summary>
    public required Project Project { get; init; }

    /// <summary>Manifests first, the lockfile last.</summary>
    public required ImmutableArray<PreparedFile> Files { get; init; }

    /// <summary>Null when the install directory stays out of it.</summary>
    public PreparedTree? Tree { get; init; }

    /// <summary>What the undo history gets to know; null when no file changes.</summary>
    public HistoryKind? History { get; init; }

    /// <summary>The change that an undo or redo is about.</summary>
    public int? HistoryOf { get; init; }

    public required string Summary { get; init; }

    /// <summary>Files besides the manifests and the lockfile whose change makes another install necessary.</summary>
    public ImmutableArray<string> WatchedFiles { get; init; } = [];

    /// <summary>Names the selection in the stamp; empty for everything.</summary>
    public required string Selection { get; init; }
}

/// <summary>The install directory as it will be.</summary>
/// <param name="Directory">Relative to the project root.</param>
/// <param name="Map">The bytes of its map.</param>
/// <param name="Changes">Whether a new tree is made; else what is there is right.</param>
internal sealed record PreparedTree(
    string Directory, InstallLayout Layout, LinkMode Link, byte[] Map, bool Changes, ImmutableArray<PackageId> ToInstall, ImmutableArray<PackageId> ToRemove);
