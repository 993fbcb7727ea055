using System.Text;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A project with its lockfile read: what queries about a resolved project start from.</summary>
internal sealed record LockedProject(Project Project, Lockfile Lockfile)
{
    /// <exception cref="ProblemException">ManifestMissing, LockfileMissing, and whatever is wrong with the files.</exception>
    public static LockedProject Find(RegistryClient client, string folder)
    {
        var project = OpenedProject.Open(folder, client.Disk);
        return new(project, ReadLockfile(project) ?? throw new Problem(
            ProblemCode.LockfileMissing, $"`{project.Root}` has no {Project.LockfileName} yet",
            "run `cairn install`, or `cairn lock` to resolve without installing").Raise());
    }

    /// <returns>Null when there is none.</returns>
    public static Lockfile? ReadLockfile(Project project) =>
        project.Lockfile.Bytes is { } bytes ? LockfileText.Read(Encoding.UTF8.GetString(bytes), project.Lockfile.File) : null;
}
