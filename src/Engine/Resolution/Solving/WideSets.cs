using System.Numerics;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// The packed sets of a solve. A set is one <see cref="ulong"/> over the version ordinals of one package plus "not
/// chosen" (bit 63), which makes a negative term the plain complement of a positive one.
/// A package with up to 63 versions uses one bit an ordinal. Above, the number is a sequence of bounds at which
/// membership changes, starting outside (bit 63 clear) or inside (set): one interval inline as low (bits 31..61) and
/// high (0..30), or, with bit 62, an offset into a pool (bit 61: the solve's own, else the universe's).
/// In both forms 0 is the empty set, `any` (all ordinals and "not chosen") and exclusive-or with `any` is the complement.
/// </summary>
internal sealed class WideSets(IntervalPool shared, IntervalPool own)
{
    public const ulong Absent = 1UL << 63;
    public const int NarrowLimit = 63;
    private const ulong Pooled = 1UL << 62;
    private const ulong Own = 1UL << 61;
    private const int BoundMask = 0x7FFF_FFFF;

    public static ulong AnyOf(int versions) =>
        versions <= NarrowLimit ? ((1UL << versions) - 1) | Absent : Absent;

    public static bool IsSingle(ulong set, int versions) =>
        versions <= NarrowLimit
            ? (set & (set - 1)) == 0 && set is not 0 and not Absent
            : (set & (Absent | Pooled)) == 0 && High(set) == Low(set) + 1;

    public static ulong Interval(int low, int high) => high > low ? ((ulong)(uint)low << 31) | (uint)high : 0;

    public static ulong Encode(OrdinalSet set, int versions, IntervalPool pool)
    {
        if (versions <= NarrowLimit)
        {
            return EncodeNarrow(set, versions);
        }

        switch (set.IntervalCount)
        {
            case 0:
                return 0;
            case 1:
                var (low, high) = set.Interval(0);
                return Interval(low, Math.Min(high, versions));
            default:
                var inside = set.Max < versions ? set : set.Intersect(OrdinalSet.Range(0, versions));
                if (inside.IntervalCount < 2)
                {
                    return Encode(inside, versions, pool);
                }

                var room = pool.Reserve(2 * inside.IntervalCount);
                for (var i = 0; i < inside.IntervalCount; i++)
                {
                    (room[2 * i], room[(2 * i) + 1]) = inside.Interval(i);
                }

                return Pooled | (uint)pool.Commit(2 * inside.IntervalCount);
        }
    }

    /// <summary>The same for a set that lives in a solve's own pool.</summary>
    public ulong EncodeOwn(OrdinalSet set, int versions)
    {
        var packed = Encode(set, versions, own);
        return versions > NarrowLimit && (packed & Pooled) != 0 ? packed | Own : packed;
    }

    /// <summary>The ordinals of a set, leaving "not chosen" aside.</summary>
    public OrdinalSet Decode(ulong set, int versions) => Decode(set, versions, shared, own);

    public static OrdinalSet Decode(ulong set, int versions, IntervalPool shared, IntervalPool own)
    {
        if (versions <= NarrowLimit)
        {
            return DecodeNarrow(set & ~Absent);
        }

        Span<int> inline = stackalloc int[2];
        var ordinals = OrdinalSet.FromBounds(Bounds(set, inline, shared, own));
        return (set & Absent) == 0 ? ordinals : ordinals.Complement(versions);
    }

    public bool Disjoint(ulong a, ulong b, int versions) =>
        versions <= NarrowLimit ? (a & b) == 0 : DisjointWide(a, b);

    public bool Subset(ulong a, ulong b, int versions) =>
        versions <= NarrowLimit ? (a & ~b) == 0 : DisjointWide(a, b ^ Absent);

    public ulong Intersect(ulong a, ulong b, int versions) =>
        versions <= NarrowLimit ? a & b : IntersectWide(a, b);

    public ulong Union(ulong a, ulong b, int versions) =>
        versions <= NarrowLimit ? a | b : IntersectWide(a ^ Absent, b ^ Absent) ^ Absent;

    public bool Contains(ulong set, int ordinal, int versions) =>
        versions <= NarrowLimit
            ? (set >> ordinal & 1) != 0
            : !DisjointWide(set, Interval(ordinal, ordinal + 1));

    /// <summary>The highest ordinal of a non-empty set without "not chosen".</summary>
    public int Highest(ulong set, int versions)
    {
        if (versions <= NarrowLimit)
        {
            return 63 - BitOperations.LeadingZeroCount(set);
        }

        Span<int> inline = stackalloc int[2];
        return Bounds(set, inline)[^1] - 1;
    }

    /// <summary>The lowest ordinal of a non-empty set without "not chosen".</summary>
    public int Lowest(ulong set, int versions)
    {
        if (versions <= NarrowLimit)
        {
            return BitOperations.TrailingZeroCount(set);
        }

        Span<int> inline = stackalloc int[2];
        return Bounds(set, inline)[0];
    }

    public static bool IsPooled(ulong set) => (set & Pooled) != 0;

    /// <summary>Whether a wide set is one interval without "not chosen".</summary>
    public static bool IsInlineInterval(ulong set) => (set & (Absent | Pooled)) == 0 && set != 0;

    public static (int Low, int High) InlineInterval(ulong set) => (Low(set), High(set));

    /// <summary>Whether a wide set that is not pooled contains a whole interval.</summary>
    public static bool InlineContains(ulong set, int low, int high)
    {
        var (from, to) = (Low(set), High(set));
        return (set & Absent) == 0 ? from <= low && high <= to : high <= from || to <= low;
    }

    public bool SubsetWide(ulong a, ulong b) => DisjointWide(a, b ^ Absent);

    private static int Low(ulong set) => (int)(set >> 31) & BoundMask;

    private static int High(ulong set) => (int)set & BoundMask;

    private static ulong EncodeNarrow(OrdinalSet set, int versions)
    {
        var bits = 0UL;
        for (var i = 0; i < set.IntervalCount; i++)
        {
            var (low, high) = set.Interval(i);
            high = Math.Min(high, versions);
            if (high > low)
            {
                bits |= ((1UL << (high - low)) - 1) << low;
            }
        }

        return bits;
    }

    private static OrdinalSet DecodeNarrow(ulong bits)
    {
        Span<int> bounds = stackalloc int[64];
        var count = 0;
        for (var at = 0; bits != 0;)
        {
            var gap = BitOperations.TrailingZeroCount(bits);
            bits >>= gap;
            at += gap;
            var run = BitOperations.TrailingZeroCount(~bits);
            bits >>= run;
            bounds[count++] = at;
            bounds[count++] = at + run;
            at += run;
        }

        return OrdinalSet.FromBounds(bounds[..count]);
    }

    private ReadOnlySpan<int> Bounds(ulong set, Span<int> inline) => Bounds(set, inline, shared, own);

    private static ReadOnlySpan<int> Bounds(ulong set, Span<int> inline, IntervalPool shared, IntervalPool own)
    {
        if ((set & Pooled) != 0)
        {
            return ((set & Own) != 0 ? own : shared).At((int)(uint)set);
        }

        if ((set & ~Absent) == 0)
        {
            return [];
        }

        inline[0] = Low(set);
        inline[1] = High(set);
        return inline;
    }

    private bool DisjointWide(ulong a, ulong b)
    {
        if ((a & b & Absent) != 0)
        {
            return false;
        }

        if (((a | b) & (Pooled | Absent)) == 0)
        {
            return Math.Max(Low(a), Low(b)) >= Math.Min(High(a), High(b));
        }

        Span<int> inlineA = stackalloc int[2];
        Span<int> inlineB = stackalloc int[2];
        var boundsA = Bounds(a, inlineA);
        var boundsB = Bounds(b, inlineB);
        var (inA, inB) = ((a & Absent) != 0, (b & Absent) != 0);
        for (int i = 0, j = 0; i < boundsA.Length || j < boundsB.Length;)
        {
            var nextA = i < boundsA.Length ? boundsA[i] : int.MaxValue;
            var nextB = j < boundsB.Length ? boundsB[j] : int.MaxValue;
            if (nextA <= nextB)
            {
                inA = !inA;
                i++;
            }

            if (nextB <= nextA)
            {
                inB = !inB;
                j++;
            }

            if (inA && inB)
            {
                return false;
            }
        }

        return true;
    }

    private ulong IntersectWide(ulong a, ulong b)
    {
        if (((a | b) & (Pooled | Absent)) == 0)
        {
            return Interval(Math.Max(Low(a), Low(b)), Math.Min(High(a), High(b)));
        }

        if (b == Absent || a == b)
        {
            return a;
        }

        if (a == Absent)
        {
            return b;
        }

        // Room first: it may move the pool that the bounds are read from.
        Span<int> inlineA = stackalloc int[2];
        Span<int> inlineB = stackalloc int[2];
        var room = own.Reserve(Bounds(a, inlineA).Length + Bounds(b, inlineB).Length);
        var count = Sweep(Bounds(a, inlineA), (a & Absent) != 0, Bounds(b, inlineB), (b & Absent) != 0, room);
        var sign = a & b & Absent;
        return count switch
        {
            0 => sign,
            2 => sign | Interval(room[0], room[1]),
            _ => sign | Pooled | Own | (uint)own.Commit(count),
        };
    }

    private static int Sweep(ReadOnlySpan<int> boundsA, bool inA, ReadOnlySpan<int> boundsB, bool inB, Span<int> result)
    {
        var count = 0;
        var inside = inA && inB;
        for (int i = 0, j = 0; i < boundsA.Length || j < boundsB.Length;)
        {
            var nextA = i < boundsA.Length ? boundsA[i] : int.MaxValue;
            var nextB = j < boundsB.Length ? boundsB[j] : int.MaxValue;
            var at = Math.Min(nextA, nextB);
            if (nextA == at)
            {
                inA = !inA;
                i++;
            }

            if (nextB == at)
            {
                inB = !inB;
                j++;
            }

            if ((inA && inB) != inside)
            {
                inside = !inside;
                result[count++] = at;
            }
        }

        return count;
    }
}
