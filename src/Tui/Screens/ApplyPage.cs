using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>The work of applying, as it goes; stopping leaves everything as it was.</summary>
internal sealed record ApplyPage : Screen
{
    private static readonly Hint[] hints = [new("c", "stop, and leave everything as it was")];

    public string Title { get; init; } = "Applying the plan";

    public int ToFetch { get; init; }

    public int Fetched { get; init; }

    public int ToInstall { get; init; }

    public int Installed { get; init; }

    public string Latest { get; init; } = "";

    public bool IsStopping { get; init; }

    public override Scope Scope => Scope.Apply;

    public override ReadOnlySpan<Hint> Hints => hints;

    public static Step Start(AppState state, ChangePlan plan)
    {
        var page = new ApplyPage { ToFetch = plan.ToFetch.Length, ToInstall = plan.ToInstall.Length };
        return state.Open(page).Do(new Effect.Apply(plan));
    }

    public override Step Do(AppState state, Command command) =>
        command is Command.Cancel or Command.Back && !IsStopping
            ? state.WithTop(this with { IsStopping = true }).Do(new Effect.CancelWork())
            : state;

    public ApplyPage After(ProgressEvent progress) => progress switch
    {
        ProgressEvent.ApplyStarted started => this with { ToFetch = started.PackagesToFetch, ToInstall = started.PackagesToInstall },
        ProgressEvent.DownloadAdvanced download => this with { Latest = NameOf(download.Package) },
        ProgressEvent.DownloadEnded ended => this with { Fetched = Fetched + 1, Latest = NameOf(ended.Package) },
        ProgressEvent.PackageInstalled installed => this with { Installed = Installed + 1, Latest = NameOf(installed.Package) },
        ProgressEvent.PackageRemoved removed => this with { Latest = NameOf(removed.Package) },
        ProgressEvent.StepAdvanced step => this with { Latest = step.What },
        _ => this,
    };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        var body = canvas.Part(layout.Body.Shrink(2, 1));
        body.Write(0, 0, Title, Style.Strong);
        Gauge.Draw(body.RowAt(2), "fetched", Fetched, ToFetch);
        Gauge.Draw(body.RowAt(3), "installed", Installed, ToInstall);
        body.WriteFitted(0, 5, body.Width, Latest, Style.Quiet);
        body.Write(0, 7, IsStopping ? "Stopping. The project stays as it was; what is fetched is kept." : "The project changes all at once, at the end.", IsStopping ? new Style(Ink.Notice) : Style.Quiet);
    }

    private static string NameOf(PackageId package) => package.ToString();
}
