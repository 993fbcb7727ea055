using System.Globalization;

namespace Registry.Engine.Sources.Transport;

/// <summary>Gives up on a body that comes slower than the minimum rate, or not at all.</summary>
internal sealed class PacedStream(Stream inner, HttpPolicy policy, TimeProvider clock) : ReadOnlyStream
{
    private long _windowStart = clock.GetTimestamp();
    private long _windowBytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timer = new CancellationTokenSource(policy.RateWindow, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(e);
        }

        _windowBytes += read;
        if (read > 0 && clock.GetElapsedTime(_windowStart) is var elapsed && elapsed >= policy.RateWindow)
        {
            if (_windowBytes < policy.RateMinimum * elapsed.TotalSeconds)
            {
                throw TooSlow(null);
            }

            (_windowStart, _windowBytes) = (clock.GetTimestamp(), 0);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private TimeoutException TooSlow(Exception? cause) => new(
        string.Create(CultureInfo.InvariantCulture, $"less than {policy.RateMinimum} bytes a second for {policy.RateWindow.TotalSeconds:0.#} s"), cause);
}
