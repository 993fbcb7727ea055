using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Tests.Operations;

/// <summary>Installs that are killed, cancelled or disturbed at every point there is.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public InterruptionTests()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("web 1.0.0", "log = \"^1\"");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
    }

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Killed_before_any_step_the_project_is_old_or_new_for_the_next_verb()
    {
        await _kit.Install();
        var old = _kit.Picture();
        await _kit.Add("web");
        var @new = _kit.Picture();
        await Undo();
        var (kills, finished) = (0, 0);
        for (var stopAt = 1; await IsKilled(stopAt); stopAt++)
        {
            kills++;
            await _kit.Plan(client => client.Install(_kit.Request()));
            var now = _kit.Picture();
            Assert.Contains(now, new[] { old, @new });
            if (now == @new)
            {
                finished++;
                await Undo();
            }

            Assert.Equal(old, _kit.Picture());
            Assert.True((await _kit.Install()).WasEmpty);
        }

        Assert.Equal(@new, _kit.Picture());
        Assert.InRange(finished, 4, kills - 8);
    }

    [Fact]
    public async Task Cancelled_at_any_moment_the_project_is_as_it_was()
    {
        var old = _kit.Picture();
        var cancelled = 0;
        for (var at = 1; ; at++)
        {
            _kit.ForgetHome();
            using var stop = new CancellationTokenSource();
            var seen = 0;
            _kit.OnEvent = _ =>
            {
                if (Interlocked.Increment(ref seen) == at)
                {
                    stop.Cancel();
                }
            };

            var outcome = await _kit.Run(client => client.Install(_kit.Request()), stop.Token);

            if (outcome is Outcome<ChangeReport>.Done)
            {
                break;
            }

            Assert.IsType<Outcome<ChangeReport>.Cancelled>(outcome);
            Assert.Equal(old, _kit.Picture());
            Assert.Empty(Directory.Exists(Path.Combine(_kit.Root, ".cairn/staging")) ? Directory.GetDirectories(Path.Combine(_kit.Root, ".cairn/staging")) : []);
            cancelled++;
        }

        Assert.InRange(cancelled, 3, 100);
    }

    [Fact]
    public async Task A_second_program_is_told_who_is_at_work()
    {
        Outcome<ChangeReport>? second = null;
        _kit.OnEvent = fact =>
        {
            if (fact is ProgressEvent.ApplyStarted && second is null)
            {
                second = new Outcome<ChangeReport>.Cancelled();
                second = _kit.Run(client => client.Install(_kit.Request())).GetAwaiter().GetResult();
            }
        };

        await _kit.Install();

        var problem = Assert.IsType<Outcome<ChangeReport>.Failed>(second).Problem;
        Assert.Equal(ProblemCode.ProjectBusy, problem.Code);
        Assert.Contains("`cairn install`", problem.Message, StringComparison.Ordinal);
        Assert.True((await _kit.Install()).WasEmpty);
    }

    [Theory]
    [InlineData("cairn.toml")]
    [InlineData("cairn.lock")]
    public async Task A_plan_is_not_applied_to_files_that_were_edited_meanwhile(string file)
    {
        await _kit.Install();
        await using var client = _kit.Client();
        var change = client.Add(_kit.Request(), [ProjectKit.Addition("web")]);

        var outcome = await change.RunAsync(
            (_, _) =>
            {
                File.AppendAllText(Path.Combine(_kit.Root, file), "# mine\n");
                return Task.FromResult(true);
            },
            new Nothing(), CancellationToken.None);

        Assert.Equal(ProblemCode.ProjectBusy, Assert.IsType<Outcome<ChangeReport>.Failed>(outcome).Problem.Code);
        Assert.EndsWith("# mine\n", _kit.Read(file), StringComparison.Ordinal);
        Assert.False(_kit.Has("packages/web"));
    }

    [Fact]
    public async Task A_declined_plan_does_nothing()
    {
        var picture = _kit.Picture(withState: true);
        await using var client = _kit.Client();

        var outcome = await client.Install(_kit.Request()).RunAsync((_, _) => Task.FromResult(false), new Nothing(), CancellationToken.None);

        Assert.IsType<Outcome<ChangeReport>.Declined>(outcome);
        Assert.Equal(picture, _kit.Picture(withState: true));
    }

    private Task<ChangeReport> Undo() => _kit.Done(client => client.Undo(_kit.Request()));

    /// <summary>From the step on nothing works any more, as for a process that is gone.</summary>
    private async Task<bool> IsKilled(int stopAt)
    {
        var step = 0;
        _kit.BeforeStep = _ =>
        {
            if (Interlocked.Increment(ref step) >= stopAt)
            {
                throw new KilledException();
            }
        };
        try
        {
            await _kit.Run(client => client.Add(_kit.Request(), [ProjectKit.Addition("web")]));
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
        finally
        {
            _kit.BeforeStep = null;
        }
    }

    private sealed class KilledException : Exception;

    private sealed class Nothing : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value)
        {
        }
    }
}
