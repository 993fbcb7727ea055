namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// Boundary lists of sets that do not fit into 64 bits, one after the other: a length, then that many bounds.
/// Only ever appended to; <see cref="Clear"/> empties it and keeps the memory.
/// </summary>
internal sealed class IntervalPool
{
    private int[] _data = new int[64];
    private int _top;

    public int Length => _top;

    public ReadOnlySpan<int> At(int offset) => _data.AsSpan(offset + 1, _data[offset]);

    /// <summary>Room for a list of up to <paramref name="capacity"/> bounds at the end; <see cref="Commit"/> keeps it.</summary>
    public Span<int> Reserve(int capacity)
    {
        if (_top + capacity + 1 > _data.Length)
        {
            Array.Resize(ref _data, Math.Max(_data.Length * 2, _top + capacity + 1));
        }

        return _data.AsSpan(_top + 1, capacity);
    }

    public int Commit(int count)
    {
        var offset = _top;
        _data[offset] = count;
        _top += count + 1;
        return offset;
    }

    public void Clear() => _top = 0;
}
