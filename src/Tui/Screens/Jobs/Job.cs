using System.Collections.Immutable;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Jobs;

/// <summary>Work that is worth watching: what it is, how far it is and how it ended.</summary>
/// <param name="Number">Counts the jobs of this run of the program, from 1.</param>
/// <param name="Title">A verb and what it is done to.</param>
internal sealed record Job(int Number, string Title, Inquiry Inquiry, DateTimeOffset Started)
{
    /// <summary>Younger ones are not worth showing.</summary>
    public static readonly TimeSpan ShownAfter = TimeSpan.FromMilliseconds(100);

    // The whole story of ordinary work; a long one loses its beginning.
    private const int LogMax = 1_000;

    public JobState State { get; init; } = JobState.Running;

    public DateTimeOffset? Ended { get; init; }

    public string Summary { get; init; } = "";

    public Engine.Problems.Problem? Problem { get; init; }

    /// <summary>The user asked it to stop, and it has not yet.</summary>
    public bool IsStopping { get; init; }

    public JobProgress Progress { get; init; } = JobProgress.None;

    public ImmutableList<LogLine> Log { get; init; } = [];

    public bool IsRunning => State == JobState.Running;

    public TimeSpan Elapsed(DateTimeOffset now) => (Ended ?? now) - Started;

    public Job After(ProgressEvent progress, DateTimeOffset now)
    {
        var next = this with { Progress = Progress.After(progress) };
        return LogLine.Of(progress, now) is { } line ? next with { Log = (Log.Count < LogMax ? Log : Log.RemoveAt(0)).Add(line) } : next;
    }

    // Nobody asked it to stop: a newer one did.
    public Job After(Ending ending, DateTimeOffset now) => this with
    {
        State = ending.State,
        Summary = ending == Ending.Cancelled && !IsStopping && Inquiry.Replaces is not null ? "a newer one took its place" : ending.Summary,
        Problem = ending.Problem,
        Ended = now,
        IsStopping = false,
    };
}
