using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Activity;

/// <summary>The changes of the project that can be taken back.</summary>
/// <param name="For">What was known of the project when it was asked.</param>
internal sealed record ReadHistory(ProjectOverview? For) : Inquiry
{
    public override string Replaces => nameof(ReadHistory);

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new HistoryRead(await workbench.ReadHistoryAsync(cancellation).ConfigureAwait(false));
}

internal sealed record HistoryRead(Outcome<HistoryReport> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome is Outcome<HistoryReport>.Done done
        ? state with { Past = state.Past with { Changes = done.Report.Changes } }
        : state;
}

/// <summary>The applied changes as far as they are known; asked for anew when the project was read anew.</summary>
internal sealed record Past(ProjectOverview? For, System.Collections.Immutable.ImmutableArray<PastChange> Changes)
{
    public static Past Unknown { get; } = new(null, []);
}
