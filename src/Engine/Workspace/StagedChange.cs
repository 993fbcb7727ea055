namespace Registry.Engine.Workspace;

/// <summary>
/// Carries out a journal. Every step first looks whether it was done already, so that it can be repeated from the start
/// as often as it is interrupted.
/// </summary>
internal sealed class StagedChange(StateFolder state, ProjectDisk disk, Journal journal)
{
    public const string Tree = "tree";
    public const string History = "history";

    private const string OldTree = "old-tree";

    private string Folder => Path.Combine(state.Staging, journal.Id);

    public static string OldName(int number) => $"{number}.old";

    public static string NewName(int number) => $"{number}.new";

    public void CarryOut()
    {
        if (journal.Tree is { } tree)
        {
            PutTree(ProjectPaths.Inside(state.Root, tree));
        }

        for (var i = 0; i < journal.Files.Length; i++)
        {
            PutFile(i, journal.Files[i]);
        }

        if (journal.History is { } number)
        {
            PutHistory(number);
        }

        disk.DeleteFile(state.Journal);
    }

    /// <summary>
    /// Puts everything back after a step failed (a disk that is full, an install directory that is a mount of its own).
    /// When this fails too the journal stays, and the next run tries to go forward again.
    /// </summary>
    public void TakeBack()
    {
        for (var i = journal.Files.Length - 1; i >= 0; i--)
        {
            TakeFileBack(i, journal.Files[i]);
        }

        if (journal.Tree is { } tree)
        {
            TakeTreeBack(ProjectPaths.Inside(state.Root, tree));
        }

        disk.DeleteFile(state.Journal);
    }

    private void TakeFileBack(int number, JournalFile file)
    {
        var target = ProjectPaths.Inside(state.Root, file.Target);
        var old = Path.Combine(Folder, OldName(number));
        var isDone = file.Deletes ? !File.Exists(target) : !File.Exists(Path.Combine(Folder, NewName(number)));
        if (isDone && File.Exists(old))
        {
            disk.Write(FinalTarget(target), File.ReadAllBytes(old));
        }
        else if (isDone)
        {
            disk.DeleteFile(target);
        }
    }

    private void TakeTreeBack(string target)
    {
        var staged = Path.Combine(Folder, Tree);
        var old = Path.Combine(Folder, OldTree);
        if (TreeMarker.Read(target) == journal.Id)
        {
            var kept = Directory.Exists(old) ? old : staged;
            if (!Directory.Exists(kept))
            {
                disk.MoveFolder(target, staged);
                return;
            }

            CarryOver(target, kept);
            disk.MoveFolder(target, Path.Combine(Folder, "new-tree"));
            disk.MoveFolder(kept, target);
        }
        else if (Directory.Exists(old) && !Directory.Exists(target))
        {
            disk.MoveFolder(old, target);
        }
    }

    private void PutTree(string target)
    {
        var staged = Path.Combine(Folder, Tree);
        var old = Path.Combine(Folder, OldTree);
        if (journal.DeletesTree)
        {
            MoveAway(target, old);
            return;
        }

        if (TreeMarker.Read(target) != journal.Id)
        {
            Exchange(staged, target, old);
        }

        // After an exchange the old tree is where the new one was staged.
        CarryOver(Directory.Exists(old) ? old : staged, target);
    }

    private void Exchange(string staged, string target, string old)
    {
        if (!Directory.Exists(target))
        {
            disk.MakeFolder(Path.GetDirectoryName(target)!);
            disk.MoveFolder(staged, target);
        }
        else if (!disk.TryExchange(staged, target))
        {
            MoveAway(target, old);
            disk.MoveFolder(staged, target);
        }
    }

    private void MoveAway(string target, string old)
    {
        if (Directory.Exists(target) && !Directory.Exists(old))
        {
            disk.MoveFolder(target, old);
        }
    }

    /// <summary>What others put into the install directory (a `.cache`, a `.bin`) stays in it.</summary>
    private void CarryOver(string old, string target)
    {
        if (!Directory.Exists(old))
        {
            return;
        }

        foreach (var path in ForeignEntries.In(old))
        {
            var (from, to) = (Path.Combine(old, path), Path.Combine(target, path));
            if (!Path.Exists(to))
            {
                disk.MakeFolder(Path.GetDirectoryName(to)!);
                disk.MoveFolder(from, to);
            }
        }
    }

    private void PutFile(int number, JournalFile file)
    {
        var target = ProjectPaths.Inside(state.Root, file.Target);
        var staged = Path.Combine(Folder, NewName(number));
        if (!IsAsStaged(target, Path.Combine(Folder, OldName(number))))
        {
            return;
        }

        if (file.Deletes)
        {
            disk.DeleteFile(target);
        }
        else if (File.Exists(staged))
        {
            disk.Replace(staged, FinalTarget(target));
        }
    }

    /// <summary>A manifest may be a link to a file elsewhere; the link stays.</summary>
    private static string FinalTarget(string target) =>
        File.Exists(target) ? File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target : target;

    /// <summary>Done already, or edited by the user since: both mean hands off.</summary>
    private static bool IsAsStaged(string target, string old) =>
        File.Exists(old)
            ? File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(File.ReadAllBytes(old))
            : !File.Exists(target);

    private void PutHistory(int number)
    {
        var staged = Path.Combine(Folder, History);
        var entry = UndoHistory.FolderOf(state, number);
        if (Directory.Exists(staged))
        {
            disk.MakeFolder(state.History);
            disk.DeleteFolder(entry);
            disk.MoveFolder(staged, entry);
        }
    }
}
