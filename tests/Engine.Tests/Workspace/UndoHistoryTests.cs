using System.Collections.Immutable;
using Registry.Engine.Workspace;
using Registry.Testing;

namespace Registry.Engine.Tests.Workspace;

public sealed class UndoHistoryTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("", null, null)]
    [InlineData("c", 1, null)]
    [InlineData("cc", 2, null)]
    [InlineData("cc u2", 1, 2)]
    [InlineData("cc u2 u1", null, 1)]
    [InlineData("cc u2 u1 r1", 1, 2)]
    [InlineData("cc u2 u1 r1 r2", 2, null)]
    [InlineData("cc u2 c", 4, null)]
    [InlineData("cc u2 c u4", 1, 4)]
    [InlineData("ccc u1", null, 1)]
    [InlineData("ccc u2 r2", 2, 3)]
    [InlineData("ccc u2 r2 r3", 3, null)]
    public void Where_undo_and_redo_stand_follows_from_the_entries(string entries, int? undo, int? redo)
    {
        var state = new StateFolder(_sandbox.Path);
        var number = 0;
        foreach (var word in entries.Replace("c", " c ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Write(state, ++number, word);
        }

        var history = UndoHistory.Open(state);

        Assert.Equal((undo, redo), (history.ToUndo()?.Number, history.ToRedo()?.Number));
        Assert.Equal(number + 1, history.Next);
    }

    [Fact]
    public void An_entry_keeps_the_bytes_of_its_files()
    {
        var state = new StateFolder(_sandbox.Path);
        ImmutableArray<HistoryFile> files = [new("cairn.toml", [1, 2], [3]), new("cairn.lock", null, [4]), new("a/cairn.toml", [5], null)];
        UndoHistory.Stage(new ProjectDisk(), UndoHistory.FolderOf(state, 1), new(1, HistoryKind.Change, null, "cairn add x", "adds x", default, files));

        var read = UndoHistory.Open(state).Read(1)!;

        Assert.Equal(files.Select(f => f.Target), read.Files.Select(f => f.Target));
        Assert.Equal(files.Select(f => f.Before), read.Files.Select(f => f.Before));
        Assert.Equal(files.Select(f => f.After), read.Files.Select(f => f.After));
    }

    [Fact]
    public void The_history_is_bounded()
    {
        var state = new StateFolder(_sandbox.Path);
        for (var i = 1; i <= UndoHistory.EntriesMax + 3; i++)
        {
            Write(state, i, "c");
        }

        UndoHistory.Open(state).Trim(new ProjectDisk());

        var history = UndoHistory.Open(state);
        Assert.Equal((UndoHistory.EntriesMax, 4), (history.Numbers.Length, history.Numbers[0]));
    }

    [Fact]
    public void A_damaged_entry_is_skipped()
    {
        var state = new StateFolder(_sandbox.Path);
        Write(state, 1, "c");
        Write(state, 2, "c");
        _sandbox.Write(".cairn/history/0002/entry.json", "{");

        Assert.Equal(1, UndoHistory.Open(state).ToUndo()?.Number);
    }

    private static void Write(StateFolder state, int number, string word)
    {
        var kind = word[0] switch { 'u' => HistoryKind.Undo, 'r' => HistoryKind.Redo, _ => HistoryKind.Change };
        int? of = word.Length > 1 ? word[1] - '0' : null;
        UndoHistory.Stage(new ProjectDisk(), UndoHistory.FolderOf(state, number), new(number, kind, of, "cairn add x", "", default, []));
    }
}
