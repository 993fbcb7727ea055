using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// For every slot, which incompatibilities watch it and with which term. The terms of a list lie next to each other, so
/// that the usual question ("is any of them satisfied now?") runs over plain memory and touches no incompatibility.
/// A removed entry becomes the empty set, which nothing non-empty satisfies.
/// </summary>
internal sealed class WatchLists
{
    private const int FirstCapacity = 4;

    private List[] _lists = new List[64];
    private ulong[] _sets = new ulong[256];
    private int[] _rules = new int[256];
    private int _top;

    /// <summary>Starts a list for a new slot.</summary>
    public void Open(int slot)
    {
        Arrays.Fit(ref _lists, slot + 1);
        _lists[slot] = default;
    }

    public void Clear() => _top = 0;

    public int Count(int slot) => _lists[slot].Count;

    public int RuleAt(int slot, int index) => _rules[_lists[slot].Start + index];

    public void Add(int slot, ulong set, int rule)
    {
        ref var list = ref _lists[slot];
        if (list.Count == list.Capacity)
        {
            Move(ref list);
        }

        _sets[list.Start + list.Count] = set;
        _rules[list.Start + list.Count] = rule;
        list.Count++;
    }

    public void RemoveAt(int slot, int index) => _sets[_lists[slot].Start + index] = 0;

    /// <summary>
    /// The newest entry before <paramref name="index"/> whose set contains all of <paramref name="current"/>, for a
    /// package whose sets are plain bits; -1 when there is none.
    /// </summary>
    public int FindNarrow(int slot, int index, ulong current)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_sets), _lists[slot].Start);
        if (Vector256.IsHardwareAccelerated)
        {
            var wanted = Vector256.Create(current);
            while (index >= Vector256<ulong>.Count)
            {
                var block = Vector256.LoadUnsafe(ref start, (nuint)(index - Vector256<ulong>.Count));
                var missing = Vector256.AndNot(wanted, block);
                var found = Vector256.Equals(missing, Vector256<ulong>.Zero).ExtractMostSignificantBits();
                if (found != 0)
                {
                    return index - Vector256<ulong>.Count + BitOperations.Log2(found);
                }

                index -= Vector256<ulong>.Count;
            }
        }

        while (--index >= 0)
        {
            if ((current & ~Unsafe.Add(ref start, index)) == 0)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The same for the wide form.</summary>
    public int FindWide(int slot, int index, ulong current, WideSets wide)
    {
        var list = _sets.AsSpan(_lists[slot].Start, index);
        if (WideSets.IsInlineInterval(current))
        {
            var (low, high) = WideSets.InlineInterval(current);
            while (--index >= 0)
            {
                var set = list[index];
                if (WideSets.IsPooled(set) ? wide.SubsetWide(current, set) : WideSets.InlineContains(set, low, high))
                {
                    return index;
                }
            }

            return -1;
        }

        while (--index >= 0)
        {
            if (wide.SubsetWide(current, list[index]))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Doubles a list's room at the end of the arrays, leaving removed entries behind.</summary>
    private void Move(ref List list)
    {
        var capacity = Math.Max(FirstCapacity, 2 * list.Capacity);
        Arrays.Fit(ref _sets, _top + capacity);
        Arrays.Fit(ref _rules, _top + capacity);
        var count = 0;
        for (var i = list.Start; i < list.Start + list.Count; i++)
        {
            if (_sets[i] != 0)
            {
                _sets[_top + count] = _sets[i];
                _rules[_top + count] = _rules[i];
                count++;
            }
        }

        list = new List { Start = _top, Count = count, Capacity = capacity };
        _top += capacity;
    }

    private struct List
    {
        public int Start;
        public int Count;
        public int Capacity;
    }
}
