using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Publish;

/// <summary>Hides a version from new projects.</summary>
internal sealed record YankPackage(PackageId Package, string Registry, string Reason) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Yanked(await workbench.YankAsync(Package, Registry, Reason, progress, cancellation).ConfigureAwait(false));
}

internal sealed record Yanked(Outcome<YankReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, report => $"{report.Package} is hidden from new projects");

    public override Step Reach(AppState state)
    {
        var step = PublishScreen.LookAgain(state);
        return Outcome switch
        {
            Outcome<YankReport>.Done(var report) => step with { State = step.State.Say(Notice.Done($"Yanked {report.Package}. Who has it locked keeps it and is told why")) },
            Outcome<YankReport>.Failed(var problem) => step with { State = step.State.Say(Notice.Of(problem)) },
            _ => step,
        };
    }
}
