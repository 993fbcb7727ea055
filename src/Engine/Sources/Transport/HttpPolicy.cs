namespace Registry.Engine.Sources.Transport;

/// <summary>How patient a client is with a server. The defaults are the product's; configuration may change some.</summary>
public sealed record HttpPolicy
{
    public static HttpPolicy Default { get; } = new();

    /// <summary>From the request to the first byte of the answer.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries after the first one.</summary>
    public int RetriesMax { get; init; } = 3;

    /// <summary>Before the first retry; doubled for each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A server that asks to wait longer than this is given up on at once.</summary>
    public TimeSpan RetryAfterMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes a second; slower over <see cref="RateWindow"/> is as good as not answering.</summary>
    public int RateMinimum { get; init; } = 1024;

    public TimeSpan RateWindow { get; init; } = TimeSpan.FromSeconds(30);

    public int RedirectsMax { get; init; } = 5;

    /// <summary>Requests for small files in flight at once.</summary>
    public int ParallelMax { get; init; } = 32;
}
