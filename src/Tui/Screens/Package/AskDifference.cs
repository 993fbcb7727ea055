using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Package;

/// <summary>What changed between two versions; fetches what is not here.</summary>
internal sealed record AskDifference(PackageName Name, SemanticVersion From, SemanticVersion To) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Compared(Name, From, To, await workbench.CompareAsync(Name, From, To, progress, cancellation).ConfigureAwait(false));
}

internal sealed record Compared(PackageName Name, SemanticVersion From, SemanticVersion To, Outcome<ReleaseDifferenceReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, report => $"{Staging.Count(report.Files.Length, "file differs", "files differ")}");

    public override Step Reach(AppState state) =>
        state with { Looks = state.Looks with { Differences = state.Looks.Differences.With((Name, From, To), Outcome) } };
}
