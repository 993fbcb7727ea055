namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// A binary heap of keys, smallest first. Entries are never removed or moved when a priority changes: the new key is
/// added, and whoever takes an old one throws it away.
/// </summary>
internal sealed class DecisionQueue
{
    private ulong[] heap = new ulong[64];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(ulong key)
    {
        Arrays.Fit(ref heap, Count + 1);
        var at = Count++;
        while (at > 0)
        {
            var parent = (at - 1) >> 1;
            if (heap[parent] <= key)
            {
                break;
            }

            heap[at] = heap[parent];
            at = parent;
        }

        heap[at] = key;
    }

    /// <summary>The smallest key; false when there is none.</summary>
    public bool TryTake(out ulong key)
    {
        if (Count == 0)
        {
            key = 0;
            return false;
        }

        key = heap[0];
        var last = heap[--Count];
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && heap[child + 1] < heap[child])
            {
                child++;
            }

            if (heap[child] >= last)
            {
                break;
            }

            heap[at] = heap[child];
            at = child;
        }

        heap[at] = last;
        return true;
    }
}
