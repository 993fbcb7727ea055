using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Publish;

/// <summary>Remembers that the user looked at a file and called it fine, or takes that back.</summary>
internal sealed record MarkFile(PackageReview Package, string Path, FineMark As) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new FileMarked(await workbench.MarkFileAsync(Package, Path, As, cancellation).ConfigureAwait(false));
}

internal sealed record FileMarked(Outcome<MarkReport> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<MarkReport>.Failed failed => state.Say(Notice.Of(failed.Problem)),
        _ => PublishScreen.LookAgain(state),
    };
}
