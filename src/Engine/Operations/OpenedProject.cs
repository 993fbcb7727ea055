using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>How every operation gets at a project: what an interrupted run left is put right first.</summary>
internal static class OpenedProject
{
    /// <param name="folder">Absolute; the project is in it or above it.</param>
    /// <exception cref="Problems.ProblemException">ManifestMissing, and whatever is wrong with the files.</exception>
    public static Project Open(string folder) => Open(folder, new ProjectDisk());

    public static Project Open(string folder, ProjectDisk disk)
    {
        if (ProjectFinder.RootOf(folder) is { } root)
        {
            Recovery.Heal(new StateFolder(root), disk);
        }

        return Project.Find(folder);
    }
}
