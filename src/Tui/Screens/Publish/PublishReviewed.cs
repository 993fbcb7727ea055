using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Publish;

/// <summary>Publishes exactly what was reviewed.</summary>
internal sealed record PublishReviewed(PublishReview Review) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Published(await workbench.PublishAsync(Review, progress, cancellation).ConfigureAwait(false));
}

internal sealed record Published(Outcome<PublishReport> Outcome) : News
{
    public override Ending Ending => Outcome is Outcome<PublishReport>.Done { Report: { Stopped: { } problem } report }
        ? new Ending(JobState.Failed, $"{report.Packages.Length} out, then: {problem.Message}", problem)
        : Ending.Of(Outcome, report => $"{string.Join(", ", report.Packages.Select(package => package.Package))} is in {report.Registry}");

    public override Step Reach(AppState state)
    {
        // Instead of the notice that it is going on.
        state = Outcome is Outcome<PublishReport>.Done { Report: var done }
            ? state.Say(done.Stopped is { } stopped ? Notice.Of(stopped) : Notice.Done($"published to {done.Registry}"))
            : state;
        var step = PublishScreen.LookAgain(state);
        return Outcome switch
        {
            Outcome<PublishReport>.Done(var report) => AfterPublishing.Of(report).Open(step.State) is var opened ? opened with { Effects = step.Effects.AddRange(opened.Effects) } : step,
            Outcome<PublishReport>.Failed(var problem) => step with { State = step.State.Say(Notice.Of(problem)) },
            _ => step with { State = step.State.Say(Notice.Note("Stopped. Nothing was published")) },
        };
    }
}
