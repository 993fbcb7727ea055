namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// Boundary lists of sets that do not fit into 64 bits, one after the other: a length, then that many bounds.
/// Only ever appended to; <see cref="Clear"/> empties it and keeps the memory.
/// </summary>
internal sealed class IntervalPool
{
    private int[] data = new int[64];
    private int top;

    public int Length => top;

    public ReadOnlySpan<int> At(int offset) => data.AsSpan(offset + 1, data[offset]);

    /// <summary>Room for a list of up to <paramref name="capacity"/> bounds at the end; <see cref="Commit"/> keeps it.</summary>
    public Span<int> Reserve(int capacity)
    {
        if (top + capacity + 1 > data.Length)
        {
            Array.Resize(ref data, Math.Max(data.Length * 2, top + capacity + 1));
        }

        return data.AsSpan(top + 1, capacity);
    }

    public int Commit(int count)
    {
        var offset = top;
        data[offset] = count;
        top += count + 1;
        return offset;
    }

    public void Clear() => top = 0;
}
