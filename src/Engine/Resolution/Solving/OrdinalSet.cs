using System.Globalization;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// A set of version ordinals (0 is the oldest): sorted, disjoint, non-touching half-open intervals, so two sets with
/// the same members are equal. The outer form of sets; inside a solve they are packed (<see cref="WideSets"/>).
/// </summary>
public readonly struct OrdinalSet : IEquatable<OrdinalSet>
{
    private readonly int _low;
    private readonly int _high;
    private readonly int[]? _bounds;

    private OrdinalSet(int low, int high)
    {
        _low = low;
        _high = high;
    }

    private OrdinalSet(int[] bounds) => _bounds = bounds;

    public static OrdinalSet Empty => default;

    public bool IsEmpty => IntervalCount == 0;

    /// <summary>How many intervals; 0 for the empty set.</summary>
    public int IntervalCount => _bounds is null ? (_high > _low ? 1 : 0) : _bounds.Length / 2;

    /// <summary>How many ordinals.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < IntervalCount; i++)
            {
                var (from, to) = Interval(i);
                count += to - from;
            }

            return count;
        }
    }

    /// <summary>The lowest ordinal; the set must not be empty.</summary>
    public int Min => Interval(0).Low;

    /// <summary>The highest ordinal; the set must not be empty.</summary>
    public int Max => Interval(IntervalCount - 1).High - 1;

    /// <summary>The ordinals from <paramref name="low"/> up to but without <paramref name="high"/>.</summary>
    public static OrdinalSet Range(int low, int high)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(low);
        return high > low ? new(low, high) : Empty;
    }

    public static OrdinalSet Single(int ordinal) => Range(ordinal, checked(ordinal + 1));

    /// <summary>From `low, high` pairs (half open) in any order; they may overlap, touch or be empty.</summary>
    public static OrdinalSet FromBounds(ReadOnlySpan<int> pairs)
    {
        if (pairs.Length % 2 != 0)
        {
            throw new ArgumentException("bounds come in pairs", nameof(pairs));
        }

        if (pairs.Length == 2)
        {
            return Range(pairs[0], pairs[1]);
        }

        var intervals = new List<(int Low, int High)>(pairs.Length / 2);
        for (var i = 0; i < pairs.Length; i += 2)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(pairs[i]);
            if (pairs[i + 1] > pairs[i])
            {
                intervals.Add((pairs[i], pairs[i + 1]));
            }
        }

        intervals.Sort();
        return FromSorted(intervals);
    }

    public static OrdinalSet FromOrdinals(IEnumerable<int> ordinals)
    {
        ArgumentNullException.ThrowIfNull(ordinals);
        var intervals = ordinals.Order().Select(ordinal => (ordinal, ordinal + 1)).ToList();
        return FromSorted(intervals);
    }

    public (int Low, int High) Interval(int index) =>
        _bounds is null
            ? index == 0 && _high > _low ? (_low, _high) : throw new ArgumentOutOfRangeException(nameof(index))
            : (_bounds[2 * index], _bounds[(2 * index) + 1]);

    public bool Contains(int ordinal)
    {
        for (var i = 0; i < IntervalCount; i++)
        {
            var (from, to) = Interval(i);
            if (ordinal < to)
            {
                return ordinal >= from;
            }
        }

        return false;
    }

    public OrdinalSet Union(OrdinalSet other)
    {
        var intervals = new List<(int, int)>(IntervalCount + other.IntervalCount);
        for (var i = 0; i < IntervalCount; i++)
        {
            intervals.Add(Interval(i));
        }

        for (var i = 0; i < other.IntervalCount; i++)
        {
            intervals.Add(other.Interval(i));
        }

        intervals.Sort();
        return FromSorted(intervals);
    }

    public OrdinalSet Intersect(OrdinalSet other)
    {
        var intervals = new List<(int, int)>();
        for (int i = 0, j = 0; i < IntervalCount && j < other.IntervalCount;)
        {
            var (low1, high1) = Interval(i);
            var (low2, high2) = other.Interval(j);
            var (from, to) = (Math.Max(low1, low2), Math.Min(high1, high2));
            if (from < to)
            {
                intervals.Add((from, to));
            }

            _ = high1 < high2 ? i++ : j++;
        }

        return FromSorted(intervals);
    }

    /// <summary>All of 0..<paramref name="versions"/>-1 that are not in this set.</summary>
    public OrdinalSet Complement(int versions)
    {
        var intervals = new List<(int, int)>();
        var from = 0;
        for (var i = 0; i < IntervalCount; i++)
        {
            var (start, end) = Interval(i);
            if (start > from)
            {
                intervals.Add((from, Math.Min(start, versions)));
            }

            from = end;
        }

        if (from < versions)
        {
            intervals.Add((from, versions));
        }

        return FromSorted(intervals);
    }

    public OrdinalSet Except(OrdinalSet other) => IsEmpty ? Empty : Intersect(other.Complement(Max + 1));

    public bool IsSubsetOf(OrdinalSet other) => Except(other).IsEmpty;

    public bool Overlaps(OrdinalSet other) => !Intersect(other).IsEmpty;

    public bool Equals(OrdinalSet other)
    {
        if (IntervalCount != other.IntervalCount)
        {
            return false;
        }

        for (var i = 0; i < IntervalCount; i++)
        {
            if (Interval(i) != other.Interval(i))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is OrdinalSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var i = 0; i < IntervalCount; i++)
        {
            hash.Add(Interval(i));
        }

        return hash.ToHashCode();
    }

    public static bool operator ==(OrdinalSet left, OrdinalSet right) => left.Equals(right);

    public static bool operator !=(OrdinalSet left, OrdinalSet right) => !left.Equals(right);

    /// <summary>`0-3, 5`: ends included.</summary>
    public override string ToString()
    {
        var parts = new string[IntervalCount];
        for (var i = 0; i < parts.Length; i++)
        {
            var (from, to) = Interval(i);
            parts[i] = to == from + 1
                ? from.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{from}-{to - 1}");
        }

        return string.Join(", ", parts);
    }

    private static OrdinalSet FromSorted(List<(int Low, int High)> intervals)
    {
        var count = 0;
        for (var i = 0; i < intervals.Count; i++)
        {
            var (from, to) = intervals[i];
            if (from >= to)
            {
                continue;
            }

            if (count > 0 && from <= intervals[count - 1].High)
            {
                intervals[count - 1] = (intervals[count - 1].Low, Math.Max(to, intervals[count - 1].High));
            }
            else
            {
                intervals[count++] = (from, to);
            }
        }

        return count switch
        {
            0 => Empty,
            1 => new(intervals[0].Low, intervals[0].High),
            _ => new([.. intervals.Take(count).SelectMany(interval => new[] { interval.Low, interval.High })]),
        };
    }
}
