using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>
/// `.cairn/` in a project: what this program remembers about it and what no one needs to commit
/// (docs/formats/project-state.md). It may be deleted at any time when no `cairn` runs.
/// </summary>
public sealed record StateFolder(string Root)
{
    public const string Name = ".cairn";

    public string Path => System.IO.Path.Combine(Root, Name);

    internal string Journal => System.IO.Path.Combine(Path, "journal");

    internal string Staging => System.IO.Path.Combine(Path, "staging");

    internal string History => System.IO.Path.Combine(Path, "history");

    internal string Stamp => System.IO.Path.Combine(Path, InstallStamp.FileName);

    /// <summary>A plan that was left staged.</summary>
    internal string Draft => System.IO.Path.Combine(Path, "draft.json");

    /// <summary>What stood there and was no plan.</summary>
    internal string UnreadDraft => System.IO.Path.Combine(Path, "draft.unread.json");

    internal string Lock => System.IO.Path.Combine(Path, "lock");

    internal string LockHolder => System.IO.Path.Combine(Path, "lock.holder");

    /// <summary>
    /// Refuses a state folder that leads somewhere else (a project from a stranger could make us write and delete there)
    /// or that is none.
    /// </summary>
    /// <exception cref="ProblemException">WorkspaceInvalid.</exception>
    internal void Check()
    {
        foreach (var folder in (ReadOnlySpan<string>)[Path, Staging, History])
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                throw new Problem(
                    ProblemCode.WorkspaceInvalid, $"`{folder}` is a symbolic link, and cairn keeps its state only inside the project",
                    $"remove the link: `rm {folder}`").Raise();
            }

            if (File.Exists(folder))
            {
                throw new Problem(
                    ProblemCode.WorkspaceInvalid, $"`{folder}` is a file, and cairn keeps its state in a folder of that name",
                    $"move the file away: `mv {folder} {folder}.old`").Raise();
            }
        }
    }

    /// <summary>Makes the folder, invisible to version control whatever the project's own rules say.</summary>
    internal void Make()
    {
        Check();
        Directory.CreateDirectory(Path);
        var ignore = System.IO.Path.Combine(Path, ".gitignore");
        if (!File.Exists(ignore))
        {
            File.WriteAllText(ignore, "*\n");
        }
    }
}
