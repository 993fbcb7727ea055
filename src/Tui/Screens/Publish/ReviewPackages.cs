using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Publish;

/// <summary>Looks at everything there is to see before publishing. As a job it is the dry run.</summary>
/// <param name="IsDryRun">Asked for by the user, who wants to hear the result.</param>
internal sealed record ReviewPackages(PublishScope What, bool IsDryRun = false) : Inquiry
{
    public override string Replaces => "publish-review";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new PackagesReviewed(await workbench.ReviewPublishAsync(What, progress, cancellation).ConfigureAwait(false), IsDryRun);
}

internal sealed record PackagesReviewed(Outcome<PublishReview> Outcome, bool IsDryRun = false) : News
{
    public override Ending Ending => Outcome is Outcome<PublishReview>.Done { Report: { MayPublish: false } review }
        ? new Ending(JobState.Failed, review.Stops[0].Check.Problem!.Message, review.Stops[0].Check.Problem)
        : Ending.Of(Outcome, review => $"would publish {PublishWords.Packages(review)} to {review.Target.Registry}");

    public override Step Reach(AppState state)
    {
        if (Outcome is Outcome<PublishReview>.Cancelled)
        {
            return state;
        }

        state = state.Put(state.ScreenOf<PublishScreen>() with { Review = Outcome });
        return IsDryRun
            ? state.Say(Ending.Problem is { } problem ? Notice.Of(problem) : Notice.Done($"Dry run: {Ending.Summary}. Nothing was published"))
            : state;
    }
}
