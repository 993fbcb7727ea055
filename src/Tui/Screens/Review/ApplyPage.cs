using Registry.Engine.Operations;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Review;

/// <summary>The work of applying, as it goes; stopping leaves everything as it was. It goes on when this is closed.</summary>
/// <param name="Number">Of the job that applies.</param>
internal sealed record ApplyPage(int Number) : Screen
{
    private static readonly Hint[] hints = [new("c", "stop, and leave everything as it was"), new("Esc", "look around meanwhile")];

    public override Scope Scope => Scope.Apply;

    public override ReadOnlySpan<Hint> Hints => hints;

    public static Step Start(AppState state, ChangePlan plan)
    {
        var step = state.Start($"apply: {ChangeSummary.Of(plan)}", new ApplyPlan(plan));
        return step.Effects.IsEmpty ? step : step with { State = step.State.Open(new ApplyPage(step.State.Jobs.Started)) };
    }

    public override bool DoesItself(AppState state, Command command) => command == Command.Cancel;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Cancel when state.Jobs.Find(Number) is { IsRunning: true } job => Working.Cancel(state, job),
        Command.Back => state.Close().Say(Notice.Note($"it goes on; {TabTitle.Of(Scope.Activity).Digit} shows it")),
        _ => state,
    };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        if (state.Jobs.Find(Number) is not { } job)
        {
            return;
        }

        var progress = job.Progress;
        var body = canvas.Part(layout.Body.Shrink(2, 1));
        body.Write(0, 0, "Applying the plan", Style.Strong);
        Gauge.Draw(body.RowAt(2), "fetched", progress.Fetched, progress.ToFetch);
        Gauge.Draw(body.RowAt(3), "installed", progress.Installed, progress.ToInstall);
        body.WriteFitted(0, 5, body.Width, progress.Latest, Style.Quiet);
        body.Write(0, 7, job.IsStopping ? "Stopping. The project stays as it was; what is fetched is kept." : "The project changes all at once, at the end.", job.IsStopping ? new Style(Ink.Notice) : Style.Quiet);
    }
}
