using System.Collections.Concurrent;

namespace Registry.Engine.Tests.Sources;

/// <summary>
/// A clock for tests of patience: waits up to a bound are over at once, and remembered; longer ones never end, unless
/// told that time has run out. Nothing sleeps.
/// </summary>
internal sealed class EagerClock : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public TimeSpan Bound { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Moves on with every look at it.</summary>
    public TimeSpan Step { get; set; }

    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, Step.Ticks);

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 7, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > Bound || dueTime < TimeSpan.Zero)
        {
            return new NoTimer();
        }

        Waits.Enqueue(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
