using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Project;

namespace Registry.Tui.Screens.Review;

/// <summary>Takes the last applied change back, or does again what was taken back.</summary>
internal sealed record Travel(TravelDirection Direction) : Inquiry
{
    public override bool Writes => true;

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Travelled(Direction, await workbench.TravelAsync(Direction, progress, cancellation).ConfigureAwait(false));
}

internal sealed record Travelled(TravelDirection Direction, Outcome<ChangeReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, ChangeSummary.Of);

    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<ChangeReport>.Done done => (state with { Applied = state.Applied + (Direction == TravelDirection.Forward ? 1 : -1) })
            .Say(Notice.Done($"{(Direction == TravelDirection.Back ? "Taken back" : "Done again")}: {ChangeSummary.Of(done.Report)}"))
            .Do(new OpenProject()),
        Outcome<ChangeReport>.Failed failed => state.Say(Notice.Of(failed.Problem)),
        _ => state,
    };
}

internal enum TravelDirection
{
    Back,
    Forward,
}
