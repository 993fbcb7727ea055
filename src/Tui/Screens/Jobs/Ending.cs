using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Screens.Jobs;

/// <summary>How a job ended, in the words of the list of jobs.</summary>
/// <param name="Summary">A few words; empty when there is no more to say than that it ended.</param>
internal sealed record Ending(JobState State, string Summary, Problem? Problem = null)
{
    public static Ending Done { get; } = new(JobState.Done, "");

    public static Ending Cancelled { get; } = new(JobState.Cancelled, "cancelled by you");

    public static Ending Of<TReport>(Outcome<TReport> outcome, Func<TReport, string> summary) => outcome switch
    {
        Outcome<TReport>.Done done => new(JobState.Done, summary(done.Report)),
        Outcome<TReport>.Failed failed => new(JobState.Failed, failed.Problem.Message, failed.Problem),
        _ => Cancelled,
    };
}

internal enum JobState
{
    Running,
    Done,
    Failed,
    Cancelled,
}
