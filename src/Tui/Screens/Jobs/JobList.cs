using System.Collections.Immutable;
using Registry.Engine.Progress;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Jobs;

/// <summary>All jobs of this run of the program, the oldest first; of ended ones the last <see cref="EndedMax"/>.</summary>
internal sealed record JobList(ImmutableArray<Job> All, int Started)
{
    /// <summary>Eight times a second while something moves.</summary>
    public static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(125);

    private const int EndedMax = 200;

    public static JobList Empty { get; } = new([], 0);

    public IEnumerable<Job> Running => All.Where(job => job.IsRunning);

    public Job? Find(int number) => All.FirstOrDefault(job => job.Number == number);

    public JobList With(Job job) => new(Trimmed(All).Add(job), job.Number);

    public JobList After(int number, ProgressEvent progress, DateTimeOffset now) => Changed(number, job => job.After(progress, now));

    public JobList After(int number, Ending ending, DateTimeOffset now) => Changed(number, job => job.After(ending, now));

    public JobList Stopping(int number) => Changed(number, job => job with { IsStopping = true });

    public JobList WithoutEnded() => this with { All = All.RemoveAll(job => !job.IsRunning) };

    /// <summary>When to draw anew though nothing else happens, once a second where nothing may turn; null when nothing moves.</summary>
    public DateTimeOffset? WakeAt(DateTimeOffset now, Motion motion) => !Running.Any() ? null
        : Running.Any(job => job.Elapsed(now) >= Job.ShownAfter) ? now + (motion == Motion.Full ? FrameTime : TimeSpan.FromSeconds(1))
        : Running.Min(job => job.Started) + Job.ShownAfter;

    private JobList Changed(int number, Func<Job, Job> change) =>
        Find(number) is { } job ? this with { All = All.Replace(job, change(job)) } : this;

    private static ImmutableArray<Job> Trimmed(ImmutableArray<Job> all) =>
        all.Length >= EndedMax && all.FirstOrDefault(job => !job.IsRunning) is { } oldest ? all.Remove(oldest) : all;
}
