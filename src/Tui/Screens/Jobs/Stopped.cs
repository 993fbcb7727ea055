namespace Registry.Tui.Screens.Jobs;

/// <summary>What a job comes to that was stopped before there was anything to say.</summary>
internal sealed record Stopped : News
{
    public override Ending Ending => Ending.Cancelled;

    public override Step Reach(AppState state) => state;
}
