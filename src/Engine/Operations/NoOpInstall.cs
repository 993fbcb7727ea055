using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>The fast path of `cairn install`: asked before anything else of the program is loaded.</summary>
public static class NoOpInstall
{
    /// <summary>Whether an install of everything would find nothing to do, by the stamp of the last one.</summary>
    /// <param name="folder">Absolute; the project is in it or above it.</param>
    public static bool IsCertain(string folder) => InstallStamp.IsCurrent(folder, "");
}
