namespace Registry.Benchmarks.Feed;

/// <summary>A clock that stands still, so that the same data makes the same feed.</summary>
internal sealed class Dated(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
