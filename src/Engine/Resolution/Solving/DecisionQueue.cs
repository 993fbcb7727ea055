namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// A binary heap of keys, smallest first. Entries are never removed or moved when a priority changes: the new key is
/// added, and whoever takes an old one throws it away.
/// </summary>
internal sealed class DecisionQueue
{
    private ulong[] _heap = new ulong[64];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(ulong key)
    {
        Arrays.Fit(ref _heap, Count + 1);
        var at = Count++;
        while (at > 0)
        {
            var parent = (at - 1) >> 1;
            if (_heap[parent] <= key)
            {
                break;
            }

            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = key;
    }

    /// <summary>The smallest key; false when there is none.</summary>
    public bool TryTake(out ulong key)
    {
        if (Count == 0)
        {
            key = 0;
            return false;
        }

        key = _heap[0];
        var last = _heap[--Count];
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && _heap[child + 1] < _heap[child])
            {
                child++;
            }

            if (_heap[child] >= last)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = last;
        return true;
    }
}
