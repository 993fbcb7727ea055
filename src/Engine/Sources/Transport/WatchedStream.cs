namespace Registry.Engine.Sources.Transport;

/// <summary>Tells how far a stream has been read, now and then and at its end.</summary>
internal sealed class WatchedStream(Stream inner, Action<long> advanced) : ReadOnlyStream
{
    private const long Step = 256 * 1024;

    private long _received;
    private long _told;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _received += read;
        if (_received - _told >= Step || (read == 0 && _received > _told))
        {
            _told = _received;
            advanced(_received);
        }

        return read;
    }
}
