namespace Registry.Engine.Workspace;

/// <summary>What a run found left over from an interrupted one.</summary>
public enum RecoveryResult
{
    /// <summary>Nothing.</summary>
    Clean,

    /// <summary>A change that had begun was finished.</summary>
    Finished,

    /// <summary>A change that had not begun was forgotten.</summary>
    CleanedUp,

    /// <summary>Another program is at work in the project; what it leaves is its own.</summary>
    Busy,
}

/// <summary>Heals a project that a killed run left half changed. Every verb that opens a project does this first.</summary>
internal static class Recovery
{
    /// <exception cref="Problems.ProblemException">When the change cannot be finished; the journal stays.</exception>
    public static RecoveryResult Heal(StateFolder state, ProjectDisk disk)
    {
        var isHalfDone = File.Exists(state.Journal);
        if (!isHalfDone && !(Directory.Exists(state.Staging) && Directory.EnumerateFileSystemEntries(state.Staging).Any()))
        {
            return RecoveryResult.Clean;
        }

        state.Check();
        using var held = ProjectLock.TryTake(state, "finish an interrupted change");
        if (held is null)
        {
            return RecoveryResult.Busy;
        }

        return HealHeld(state, disk);
    }

    /// <summary>The same when the caller has the lock.</summary>
    public static RecoveryResult HealHeld(StateFolder state, ProjectDisk disk)
    {
        var journal = Journal.Read(state);
        if (journal is not null)
        {
            new StagedChange(state, disk, journal).CarryOut();
        }

        if (Directory.Exists(state.Staging))
        {
            foreach (var folder in Directory.EnumerateDirectories(state.Staging))
            {
                Discard(disk, folder);
            }
        }

        return journal is null ? RecoveryResult.CleanedUp : RecoveryResult.Finished;
    }

    /// <summary>Another program may be deleting its own rubbish at this moment, after it let go of the lock; what stays is for the next run.</summary>
    private static void Discard(ProjectDisk disk, string folder)
    {
        try
        {
            disk.DeleteFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
