using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Package;

namespace Registry.Tui.Screens.Search;

/// <summary>All names of the project's feeds.</summary>
internal sealed record ReadNames : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new NamesRead(await workbench.ReadNamesAsync(cancellation).ConfigureAwait(false));
}

internal sealed record NamesRead(Outcome<NameIndex> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<NameIndex>.Done done => Advised(state with { Names = done.Report, NamesTrouble = null }),
        Outcome<NameIndex>.Failed failed => state with { NamesTrouble = failed.Problem },
        _ => state,
    };

    // After everything that the first screens need.
    private static Step Advised(AppState state) => state.Facts?.Lockfile is null || state.Looks.Advisories is not null ? state : state.Do(new ReadAdvisories());
}
