using System.Text;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;
using Registry.Testing;

namespace Registry.Engine.Tests.Workspace;

/// <summary>A change stopped before every one of its steps in turn, as by a power cut, and healed by the next run.</summary>
public sealed class ProjectTransactionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stopped_anywhere_the_project_is_old_or_new_and_heals(bool isFirst)
    {
        var stops = 0;
        var finished = 0;
        for (var stopAt = 1; ; stopAt++)
        {
            var state = Prepare($"{isFirst}-{stopAt}", isFirst);
            var old = Picture(state.Root);
            if (!StopsAt(state, stopAt))
            {
                Assert.Equal("new", Kind(state.Root, old));
                break;
            }

            stops++;
            var result = Recovery.Heal(state, new ProjectDisk());
            var kind = Kind(state.Root, old);
            Assert.Contains(kind, new[] { "old", "new" });
            Assert.True(result != RecoveryResult.Finished || kind == "new");
            Assert.False(Directory.Exists(state.Staging) && Directory.EnumerateFileSystemEntries(state.Staging).Any());
            Assert.Equal(RecoveryResult.Clean, Recovery.Heal(state, new ProjectDisk()));
            finished += kind == "new" ? 1 : 0;
        }

        Assert.InRange(finished, 5, stops - 5);
    }

    [Fact]
    public void Healing_stopped_anywhere_heals_too()
    {
        for (var stopAt = 1; ; stopAt++)
        {
            var state = Prepare($"twice-{stopAt}", isFirst: false);
            var old = Picture(state.Root);
            StopsAt(state, StepOf(state, "exchange"));
            Assert.True(File.Exists(state.Journal));
            var healed = !Stops(disk => Recovery.Heal(state, disk), stopAt);
            Recovery.Heal(state, new ProjectDisk());
            Assert.Equal("new", Kind(state.Root, old));
            if (healed)
            {
                break;
            }
        }
    }

    [Fact]
    public void What_the_user_writes_after_the_crash_is_kept()
    {
        var state = Prepare("edited", isFirst: false);
        StopsAt(state, StepOf(state, "cairn.toml"));
        File.WriteAllText(Path.Combine(state.Root, "cairn.toml"), "mine");

        Recovery.Heal(state, new ProjectDisk());

        Assert.Equal("mine", File.ReadAllText(Path.Combine(state.Root, "cairn.toml")));
        Assert.Equal("lock 2", File.ReadAllText(Path.Combine(state.Root, "cairn.lock")));
    }

    [Fact]
    public void A_step_that_fails_takes_everything_back()
    {
        for (var failAt = 1; ; failAt++)
        {
            var state = Prepare($"fail-{failAt}", isFirst: false);
            var old = Picture(state.Root);
            var step = 0;
            var begun = false;
            var disk = new ProjectDisk(what =>
            {
                begun |= File.Exists(state.Journal);
                if (begun && File.Exists(state.Journal) && ++step == failAt)
                {
                    throw new IOException("no space left");
                }
            });
            try
            {
                Change(state, disk);
                break;
            }
            catch (ProblemException e)
            {
                Assert.Equal(ProblemCode.FileUnavailable, e.Problem.Code);
            }

            Recovery.Heal(state, new ProjectDisk());
            Assert.Equal("old", Kind(state.Root, old));
        }
    }

    [Fact]
    public void What_others_put_into_the_install_directory_stays()
    {
        var state = Prepare("foreign", isFirst: false);
        _sandbox.Write("foreign/packages/.cache/x", "theirs");
        _sandbox.Write("foreign/packages/acme/notes", "theirs too");

        Change(state, new ProjectDisk());

        Assert.Equal("theirs", File.ReadAllText(_sandbox.At("foreign/packages/.cache/x")));
        Assert.Equal("theirs too", File.ReadAllText(_sandbox.At("foreign/packages/acme/notes")));
        Assert.False(Directory.Exists(_sandbox.At("foreign/packages/acme/gone")));
    }

    [Theory]
    [InlineData("{\"version\":1,\"id\":\"0\",\"tree\":\"../victim\",\"deletes_tree\":true,\"files\":[]}")]
    [InlineData("{\"version\":1,\"id\":\"../../victim\",\"tree\":null,\"deletes_tree\":false,\"files\":[]}")]
    [InlineData("{\"version\":1,\"id\":\"0\",\"tree\":null,\"deletes_tree\":false,\"files\":[{\"target\":\"../victim/keep\",\"deletes\":true}]}")]
    [InlineData("{\"version\":1,\"id\":\"0\",\"tree\":null,\"deletes_tree\":false,\"files\":[{\"target\":\"link/keep\",\"deletes\":true}]}")]
    [InlineData("nonsense")]
    public void A_strangers_journal_changes_nothing_outside(string journal)
    {
        _sandbox.Write("victim/keep", "keep");
        var state = new StateFolder(_sandbox.At("p"));
        _sandbox.Write("p/.cairn/journal", journal);
        _sandbox.Write("p/.cairn/staging/0/0.old", "keep");
        Directory.CreateSymbolicLink(_sandbox.At("p/link"), _sandbox.At("victim"));

        var problem = Assert.Throws<ProblemException>(() => Recovery.Heal(state, new ProjectDisk())).Problem;

        Assert.Equal(ProblemCode.WorkspaceInvalid, problem.Code);
        Assert.True(File.Exists(_sandbox.At("victim/keep")));
    }

    [Fact]
    public void Two_programs_do_not_change_a_project_at_once()
    {
        var state = new StateFolder(_sandbox.At("p"));
        using var first = ProjectLock.Take(state, "cairn add log");

        var problem = Assert.Throws<ProblemException>(() => ProjectLock.Take(state, "cairn install")).Problem;

        Assert.Equal(ProblemCode.ProjectBusy, problem.Code);
        Assert.Contains("`cairn add log`", problem.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), problem.Message, StringComparison.Ordinal);
        Assert.Equal("*\n", File.ReadAllText(_sandbox.At("p/.cairn/.gitignore")));
    }

    private StateFolder Prepare(string name, bool isFirst)
    {
        var state = new StateFolder(_sandbox.At(name));
        _sandbox.Write($"{name}/cairn.toml", "manifest 1");
        if (!isFirst)
        {
            _sandbox.Write($"{name}/cairn.lock", "lock 1");
            _sandbox.Write($"{name}/packages/{TreeMarker.FileName}", TreeMarker.TextOf("0"));
            _sandbox.Write($"{name}/packages/{PackageMap.FileName}", Map("acme/gone", "log"));
            _sandbox.Write($"{name}/packages/acme/gone/a", "1");
            _sandbox.Write($"{name}/packages/log/a", "1");
        }

        state.Make();
        return state;
    }

    private static string Map(params string[] folders) =>
        $"{{\"packages\":[{string.Join(',', folders.Select(f => $"{{\"name\":\"{f}\",\"version\":\"1.0.0\",\"folder\":\"{f}\",\"source\":\"feed+main\"}}"))}]}}";

    private static void Change(StateFolder state, ProjectDisk disk)
    {
        var transaction = ProjectTransaction.Begin(state, disk, Now, "0");
        disk.MakeFolder(Path.Combine(transaction.TreeFolder, "log"));
        disk.Write(Path.Combine(transaction.TreeFolder, "log", "a"), "2"u8);
        disk.Write(Path.Combine(transaction.TreeFolder, PackageMap.FileName), Encoding.UTF8.GetBytes(Map("log")));
        transaction.StageTree("packages");
        transaction.StageFile("cairn.toml", "manifest 1"u8.ToArray(), "manifest 2"u8.ToArray());
        transaction.StageFile("cairn.lock", File.Exists(Path.Combine(state.Root, "cairn.lock")) ? "lock 1"u8.ToArray() : null, "lock 2"u8.ToArray());
        UndoHistory.Stage(disk, transaction.HistoryFolder, new(
            1, HistoryKind.Change, null, "cairn add x", "adds x", Now, [new("cairn.toml", "manifest 1"u8.ToArray(), "manifest 2"u8.ToArray())]));
        transaction.StageHistory(1);
        disk.DeleteFolder(transaction.Commit());
    }

    private bool StopsAt(StateFolder state, int stopAt) => Stops(disk => Change(state, disk), stopAt);

    private static bool Stops(Action<ProjectDisk> work, int stopAt)
    {
        var step = 0;
        try
        {
            // From the stop on nothing works any more, so that no clean-up can help.
            work(new ProjectDisk(_ =>
            {
                if (++step >= stopAt)
                {
                    throw new PowerCutException();
                }
            }));
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
    }

    /// <summary>The number of the first step that mentions something, found in a copy of the project.</summary>
    private int StepOf(StateFolder state, string what)
    {
        var copy = Prepare($"probe-{Path.GetFileName(state.Root)}", isFirst: false);
        var (step, found) = (0, 0);
        Change(copy, new ProjectDisk(description =>
        {
            step++;
            found = found == 0 && File.Exists(copy.Journal) && description.Contains(what, StringComparison.Ordinal) ? step : found;
        }));
        return found;
    }

    private static string Kind(string root, string old)
    {
        var now = Picture(root);
        return now == old ? "old" : now == Expected ? "new" : now;
    }

    private static readonly string Expected = string.Join('\n', "cairn.lock=lock 2", "cairn.toml=manifest 2", $"packages/{PackageMap.FileName}={Map("log")}", "packages/log/a=2");

    private static string Picture(string root) => string.Join('\n',
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith(".cairn/", StringComparison.Ordinal) && !file.EndsWith(TreeMarker.FileName, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file}={File.ReadAllText(Path.Combine(root, file))}"));

    private sealed class PowerCutException : Exception;
}
