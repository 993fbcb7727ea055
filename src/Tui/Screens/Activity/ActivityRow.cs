using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Activity;

/// <summary>A line of the Activity screen: a job, an applied change, or a heading.</summary>
/// <param name="Key">What it is, so that the selection stays on it; null for a heading.</param>
/// <param name="Right">What stands at the end of the row.</param>
internal sealed record ActivityRow(string? Key, string Sign, string When, string Title, string Right, Style Style)
{
    public Job? Job { get; init; }

    public PastChange? Change { get; init; }

    public static ImmutableArray<ActivityRow> All(AppState state)
    {
        var rows = ImmutableArray.CreateBuilder<ActivityRow>();
        var running = state.Jobs.Running.Reverse().ToList();
        Add(rows, $"Now ({running.Count})", running.Select(job => OfRunning(state, job)));
        Add(rows, "Done in this run", state.Jobs.All.Where(job => !job.IsRunning).Reverse().Select(job => OfEnded(state, job)));
        Add(rows, "Plans you can go back to", state.Past.Changes.Reverse().Select((change, i) => Of(state, change, i == 0)));
        return rows.ToImmutable();
    }

    private static void Add(ImmutableArray<ActivityRow>.Builder rows, string heading, IEnumerable<ActivityRow> group)
    {
        var all = group.ToList();
        if (all.Count > 0)
        {
            rows.Add(new ActivityRow(null, "", "", heading, "", Style.Strong));
            rows.AddRange(all);
        }
    }

    private static ActivityRow OfRunning(AppState state, Job job) =>
        new($"job {job.Number}", state.Motion == Motion.Reduced ? "~" : Chrome.Turning(state, job), "", job.Title, JobText.Progress(job, state.Now), new Style(job.IsStopping ? Ink.Notice : Ink.Accent)) { Job = job };

    private static ActivityRow OfEnded(AppState state, Job job)
    {
        var (sign, ink) = job.State switch
        {
            JobState.Done => ("✓", Ink.Added),
            JobState.Failed => ("✗", Ink.Problem),
            _ => ("-", Ink.Quiet),
        };
        var right = job.State == JobState.Done ? $"{JobText.Of(job.Elapsed(state.Now))}  {job.Summary}" : job.Summary;
        return new($"job {job.Number}", sign, JobText.Time(job.Ended ?? job.Started, state.Now), job.Title, right.TrimEnd(), new Style(ink)) { Job = job };
    }

    private static ActivityRow Of(AppState state, PastChange change, bool isNewest) =>
        new($"change {change.Number}", isNewest ? "=" : " ", JobText.When(change.At, state.Now), $"#{change.Number}  {change.Summary}", isNewest ? "as it is now" : "", Style.Plain) { Change = change };
}
