namespace Registry.Engine.Operations;

/// <summary>A clock that stands still, for putting into a feed what was published at another time.</summary>
internal sealed class FixedClock(DateTimeOffset time) : TimeProvider
{
    /// <param name="time">Null for the clock itself.</param>
    public static TimeProvider At(DateTimeOffset? time, TimeProvider clock) => time is { } at ? new FixedClock(at) : clock;

    public override DateTimeOffset GetUtcNow() => time;
}
