namespace Registry.Engine.Sources.Feeds;

/// <summary>
/// Something read once and asked for often, also at the same time. Who asks first starts the reading; a caller that
/// gives up does not take it from the others. A reading that failed is tried again by the next caller.
/// </summary>
internal sealed class Shared<T>
{
    private readonly Lock _gate = new();
    private Task<T>? _reading;

    public Task<T> GetAsync(Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        Task<T> reading;
        lock (_gate)
        {
            reading = _reading is { IsFaulted: false, IsCanceled: false } ? _reading : _reading = read(CancellationToken.None);
        }

        return reading.IsCompleted ? reading : reading.WaitAsync(cancellation);
    }
}
