using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>
/// One change of a project, all or nothing: everything new is staged beside, then a journal is made durable, then it is
/// carried out. Before the journal an interruption leaves only rubbish in `.cairn/staging`; after it the next run
/// finishes the work. The caller holds the <see cref="ProjectLock"/>.
/// </summary>
internal sealed class ProjectTransaction
{
    private readonly StateFolder _state;
    private readonly ProjectDisk _disk;
    private readonly ImmutableArray<JournalFile>.Builder _files = ImmutableArray.CreateBuilder<JournalFile>();
    private string? _tree;
    private bool _deletesTree;
    private int? _history;

    private ProjectTransaction(StateFolder state, ProjectDisk disk, string id) => (_state, _disk, Id) = (state, disk, id);

    public string Id { get; }

    /// <summary>Where the new tree is put together; on the file system of the project.</summary>
    public string TreeFolder => Path.Combine(Folder, StagedChange.Tree);

    /// <summary>Where the files of a new history entry are put together.</summary>
    public string HistoryFolder => Path.Combine(Folder, StagedChange.History);

    private string Folder => Path.Combine(_state.Staging, Id);

    /// <param name="now">Makes the id; two transactions at one instant still get different ones.</param>
    public static ProjectTransaction Begin(StateFolder state, ProjectDisk disk, DateTimeOffset now, string? installedId)
    {
        var time = $"{now.UtcTicks:x}-{Environment.ProcessId:x}";
        var id = time;
        for (var i = 1; id == installedId || Directory.Exists(Path.Combine(state.Staging, id)); i++)
        {
            id = $"{time}-{i:x}";
        }

        var transaction = new ProjectTransaction(state, disk, id);
        disk.MakeFolder(transaction.Folder);
        return transaction;
    }

    /// <summary>The tree staged in <see cref="TreeFolder"/> is to become this directory.</summary>
    public void StageTree(string installDirectory)
    {
        _disk.Write(Path.Combine(TreeFolder, TreeMarker.FileName), Encoding.UTF8.GetBytes(TreeMarker.TextOf(Id)));
        _tree = installDirectory;
    }

    /// <summary>The install directory is to go.</summary>
    public void StageTreeRemoval(string installDirectory) => (_tree, _deletesTree) = (installDirectory, true);

    /// <summary>A file is to get new content, or to go when there is none. The lockfile comes last.</summary>
    /// <param name="target">Relative to the project root.</param>
    /// <param name="old">What is there now; what the user writes meanwhile is not overwritten.</param>
    public void StageFile(string target, byte[]? old, byte[]? content)
    {
        var number = _files.Count;
        _files.Add(new(target, content is null));
        if (old is not null)
        {
            _disk.Write(Path.Combine(Folder, StagedChange.OldName(number)), old);
        }

        if (content is not null)
        {
            var staged = Path.Combine(Folder, StagedChange.NewName(number));
            _disk.WriteDurably(staged, content);
            KeepMode(ProjectPaths.Inside(_state.Root, target), staged);
        }
    }

    /// <summary>The entry staged in <see cref="HistoryFolder"/> is to get this number.</summary>
    public void StageHistory(int number) => _history = number;

    /// <summary>Carries it out. Returns when everything is in place; what is left in the staging folder is rubbish.</summary>
    /// <returns>The staging folder, to be deleted at leisure.</returns>
    public string Commit()
    {
        var journal = new Journal(Id, _tree, _deletesTree, _files.ToImmutable(), _history);
        var temporary = Path.Combine(Folder, "journal");
        _disk.WriteDurably(temporary, journal.ToBytes());
        _disk.Replace(temporary, _state.Journal);
        CarryOut(new StagedChange(_state, _disk, journal));
        return Folder;
    }

    /// <summary>Forgets everything staged. Not after <see cref="Commit"/> has begun.</summary>
    public void Abandon() => _disk.DeleteFolder(Folder);

    private void CarryOut(StagedChange change)
    {
        try
        {
            _disk.FlushFolder(_state.Path);
            change.CarryOut();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            change.TakeBack();
            throw new Problem(
                ProblemCode.FileUnavailable, $"the project could not be changed and is as it was: {Printable.Of(e.Message)}",
                "look at what is said about the file or folder, then run the command again").Raise(e);
        }
    }

    private static void KeepMode(string current, string staged)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(current))
        {
            File.SetUnixFileMode(staged, File.GetUnixFileMode(current));
        }
    }
}
