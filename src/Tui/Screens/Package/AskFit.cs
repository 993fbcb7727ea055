using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Package;

/// <summary>What adding a package would do to the project, proven. The next one takes its place: the cursor has moved on.</summary>
internal sealed record AskFit(PackageName Name) : Inquiry
{
    public override string? Replaces => "fit";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new FitAnswered(Name, await workbench.TryFitAsync(Name, cancellation).ConfigureAwait(false));
}

internal sealed record FitAnswered(PackageName Name, Outcome<FitReport> Outcome) : News
{
    // One that was cancelled is asked again when the cursor comes back.
    public override Step Reach(AppState state) => state with
    {
        Looks = state.Looks with
        {
            Fits = Outcome is Outcome<FitReport>.Cancelled
                ? state.Looks.Fits with { All = state.Looks.Fits.All.RemoveAll(fit => fit.Key == Name && fit.Value is null) }
                : state.Looks.Fits.With(Name, Outcome),
        },
    };
}
