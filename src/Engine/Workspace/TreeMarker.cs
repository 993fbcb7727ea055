namespace Registry.Engine.Workspace;

/// <summary>
/// The small file in an install directory that says cairn made it, and by which change. Without it the directory is
/// someone else's.
/// </summary>
internal static class TreeMarker
{
    public const string FileName = ".cairn-install";

    public static string TextOf(string id) => $"cairn {id}\n";

    /// <returns>The id; null when there is no such file.</returns>
    public static string? Read(string tree)
    {
        var file = Path.Combine(tree, FileName);
        if (!File.Exists(file))
        {
            return null;
        }

        var text = File.ReadAllText(file).TrimEnd();
        return text.StartsWith("cairn ", StringComparison.Ordinal) ? text[6..] : null;
    }

    /// <exception cref="Problems.ProblemException">InstallDirectoryForeign when there is something that cairn did not make.</exception>
    public static void CheckOurs(string root, string relative)
    {
        var tree = ProjectPaths.Inside(root, relative);
        var isOurs = new FileInfo(tree) is { Exists: false } && new DirectoryInfo(tree) is var folder
            && (!folder.Exists || (folder.LinkTarget is null && (Read(tree) is not null || !folder.EnumerateFileSystemInfos().Any())));
        if (!isOurs)
        {
            throw new Problems.Problem(
                Problems.ProblemCode.InstallDirectoryForeign, $"`{relative}` is there already and cairn did not make it",
                $"move it away (`mv {relative} {relative}.old`), or name another folder in cairn.toml: [install] directory = \"…\"").Raise();
        }
    }
}
