using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Tests.Operations;

/// <summary>How an operation ends when the disk refuses something nobody foresaw.</summary>
public sealed class OutcomeTests
{
    public static TheoryData<Exception, ProblemCode> Refusals => new()
    {
        { new UnauthorizedAccessException("Access to the path '/x' is denied."), ProblemCode.AccessDenied },
        { new IOException("The file '/x' already exists."), ProblemCode.FileUnavailable },
        { new ProblemException(new(ProblemCode.LockfileInvalid, "known", null)), ProblemCode.LockfileInvalid },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_the_disk_refuses_is_a_problem(Exception failure, ProblemCode code)
    {
        var read = await new Failing(failure).RunAsync(new Progress<ProgressEvent>(), TestContext.Current.CancellationToken);
        var changed = await new FailingChange(failure).RunAsync(
            (_, _) => Task.FromResult(true), new Progress<ProgressEvent>(), TestContext.Current.CancellationToken);

        Assert.Equal(code, Assert.IsType<Outcome<string>.Failed>(read).Problem.Code);
        Assert.Equal(code, Assert.IsType<Outcome<string>.Failed>(changed).Problem.Code);
    }

    [Fact]
    public async Task Anything_else_keeps_flying() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => new Failing(new InvalidOperationException()).RunAsync(new Progress<ProgressEvent>(), TestContext.Current.CancellationToken));

    private sealed class Failing(Exception failure) : Query<string>
    {
        protected override Task<string> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => throw failure;
    }

    private sealed class FailingChange(Exception failure) : Change<string, string>
    {
        public override Task<string> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.FromResult("plan");

        public override Task<string> ApplyAsync(string plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => throw failure;
    }
}
