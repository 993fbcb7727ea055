using System.Runtime.CompilerServices;

namespace Registry.Engine.Operations.Searching;

/// <summary>The greatest of many keys: a heap with the least of them on top, which falls out first.</summary>
internal sealed class TopKeys(int countMax)
{
    private readonly long[] _keys = new long[countMax];
    private int _count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Offer(long key)
    {
        if (_count < _keys.Length)
        {
            _keys[_count] = key;
            Rise(_count++);
        }
        else if (_count > 0 && key > _keys[0])
        {
            _keys[0] = key;
            Sink();
        }
    }

    /// <summary>The greatest first. Nothing is offered after this.</summary>
    public long[] Descending()
    {
        var sorted = _count == _keys.Length ? _keys : _keys[.._count];
        Array.Sort(sorted);
        Array.Reverse(sorted);
        return sorted;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rise(int at)
    {
        for (int above; at > 0 && _keys[above = (at - 1) / 2] > _keys[at]; at = above)
        {
            (_keys[above], _keys[at]) = (_keys[at], _keys[above]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sink()
    {
        for (var at = 0; ;)
        {
            var least = (2 * at) + 1;
            if (least >= _count)
            {
                return;
            }

            least += least + 1 < _count && _keys[least + 1] < _keys[least] ? 1 : 0;
            if (_keys[at] <= _keys[least])
            {
                return;
            }

            (_keys[at], _keys[least]) = (_keys[least], _keys[at]);
            at = least;
        }
    }
}
