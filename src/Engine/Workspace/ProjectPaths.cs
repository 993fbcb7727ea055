using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>Paths of a project as its files write them: relative to the root, with `/`, never leading out of it.</summary>
internal static class ProjectPaths
{
    /// <summary>
    /// The absolute path of something that may be written or deleted. Refuses what would leave the project, by its text or
    /// through a symbolic link on the way.
    /// </summary>
    /// <exception cref="ProblemException">WorkspaceInvalid.</exception>
    public static string Inside(string root, string relative)
    {
        var path = root;
        var parts = relative.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is "" or "." or ".." || parts[i].AsSpan().IndexOfAny(":\\\0") >= 0)
            {
                throw Outside(relative);
            }

            path = Path.Combine(path, parts[i]);
            if (i < parts.Length - 1 && new DirectoryInfo(path).LinkTarget is not null)
            {
                throw Outside(relative);
            }
        }

        return path;
    }

    /// <summary>Relative to the root, with `/`.</summary>
    public static string Relative(string root, string path) =>
        Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The folder part of a relative path; `.` when there is none.</summary>
    public static string FolderOf(string relative)
    {
        var slash = relative.LastIndexOf('/');
        return slash < 0 ? "." : relative[..slash];
    }

    public static string Combine(string folder, string name) => folder == "." ? name : $"{folder}/{name}";

    private static ProblemException Outside(string relative) => new Problem(
        ProblemCode.WorkspaceInvalid, $"`{Model.Printable.Clip(relative, 200)}` leads out of the project",
        "use a folder inside the project, without `..` and symbolic links").Raise();
}
