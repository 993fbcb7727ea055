using System.Collections.Immutable;
using System.Text;

namespace Registry.Engine.Model;

/// <summary>One end of an interval. A null version is the end of the line: below or above everything.</summary>
public readonly record struct VersionBound(SemanticVersion? Version, bool IsInclusive)
{
    public static VersionBound None { get; } = new(null, false);
}

/// <summary>The versions from <paramref name="Lower"/> to <paramref name="Upper"/>; never empty inside a <see cref="VersionSet"/>.</summary>
public readonly record struct VersionInterval(VersionBound Lower, VersionBound Upper)
{
    public bool Contains(SemanticVersion version) => IsAboveLower(version) && IsBelowUpper(version);

    internal bool IsEmpty
    {
        get
        {
            if (Lower.Version is null || Upper.Version is null)
            {
                return false;
            }

            var order = Lower.Version.CompareTo(Upper.Version);
            return order > 0 || (order == 0 && !(Lower.IsInclusive && Upper.IsInclusive));
        }
    }

    private bool IsAboveLower(SemanticVersion version) =>
        Lower.Version is null || version.CompareTo(Lower.Version) is var order && (order > 0 || (order == 0 && Lower.IsInclusive));

    private bool IsBelowUpper(SemanticVersion version) =>
        Upper.Version is null || version.CompareTo(Upper.Version) is var order && (order < 0 || (order == 0 && Upper.IsInclusive));
}

/// <summary>
/// A set of versions: sorted, disjoint, non-touching intervals, so sets built in different ways are equal when they hold
/// the same stretches of the version line. (The line counts as dense: `>1.2.3 &lt;1.2.4-0` is not seen to be empty.)
/// Pre-releases are members like any other; which of them may be chosen is the business of <see cref="Constraint"/>.
/// </summary>
public sealed class VersionSet : IEquatable<VersionSet>
{
    private VersionSet(ImmutableArray<VersionInterval> intervals) => Intervals = intervals;

    public static VersionSet Empty { get; } = new([]);

    public static VersionSet All { get; } = new([new(VersionBound.None, VersionBound.None)]);

    public ImmutableArray<VersionInterval> Intervals { get; }

    public bool IsEmpty => Intervals.IsEmpty;

    public bool IsAll => Intervals is [{ Lower.Version: null, Upper.Version: null }];

    public static VersionSet Only(SemanticVersion version) => new([new(new(version, true), new(version, true))]);

    /// <summary>The versions between two bounds; empty when nothing lies between them.</summary>
    public static VersionSet Between(VersionBound lower, VersionBound upper)
    {
        var interval = new VersionInterval(lower, upper);
        return interval.IsEmpty ? Empty : new([interval]);
    }

    public static VersionSet AtLeast(SemanticVersion version) => Between(new(version, true), VersionBound.None);

    public static VersionSet Above(SemanticVersion version) => Between(new(version, false), VersionBound.None);

    public static VersionSet AtMost(SemanticVersion version) => Between(VersionBound.None, new(version, true));

    public static VersionSet Below(SemanticVersion version) => Between(VersionBound.None, new(version, false));

    public bool Contains(SemanticVersion version)
    {
        foreach (var interval in Intervals)
        {
            if (interval.Contains(version))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All versions that lie in any of the intervals, which may be in any order, overlap and be empty.</summary>
    public static VersionSet OfAny(ImmutableArray<VersionInterval> intervals)
    {
        var sorted = intervals.RemoveAll(static interval => interval.IsEmpty).Sort(static (a, b) => CompareLower(a.Lower, b.Lower));
        var merged = ImmutableArray.CreateBuilder<VersionInterval>(sorted.Length);
        foreach (var next in sorted)
        {
            if (merged.Count > 0 && Touches(merged[^1].Upper, next.Lower))
            {
                var last = merged[^1];
                merged[^1] = last with { Upper = CompareUpper(last.Upper, next.Upper) >= 0 ? last.Upper : next.Upper };
            }
            else
            {
                merged.Add(next);
            }
        }

        return new(merged.ToImmutable());
    }

    public VersionSet Union(VersionSet other) => OfAny(Intervals.AddRange(other.Intervals));

    public VersionSet Intersect(VersionSet other)
    {
        var common = ImmutableArray.CreateBuilder<VersionInterval>();
        var (i, j) = (0, 0);
        while (i < Intervals.Length && j < other.Intervals.Length)
        {
            var (a, b) = (Intervals[i], other.Intervals[j]);
            var both = new VersionInterval(
                CompareLower(a.Lower, b.Lower) >= 0 ? a.Lower : b.Lower,
                CompareUpper(a.Upper, b.Upper) <= 0 ? a.Upper : b.Upper);
            if (!both.IsEmpty)
            {
                common.Add(both);
            }

            _ = CompareUpper(a.Upper, b.Upper) <= 0 ? i++ : j++;
        }

        return new(common.ToImmutable());
    }

    public VersionSet Complement()
    {
        var gaps = ImmutableArray.CreateBuilder<VersionInterval>(Intervals.Length + 1);
        var from = VersionBound.None;
        var isOpen = true;
        foreach (var interval in Intervals)
        {
            if (interval.Lower.Version is not null)
            {
                gaps.Add(new(from, new(interval.Lower.Version, !interval.Lower.IsInclusive)));
            }

            isOpen = interval.Upper.Version is not null;
            from = new(interval.Upper.Version, !interval.Upper.IsInclusive);
        }

        if (isOpen)
        {
            gaps.Add(new(from, VersionBound.None));
        }

        return new(gaps.ToImmutable());
    }

    public VersionSet Except(VersionSet other) => Intersect(other.Complement());

    public bool IsSubsetOf(VersionSet other) => Except(other).IsEmpty;

    public bool Overlaps(VersionSet other) => !Intersect(other).IsEmpty;

    public bool Equals(VersionSet? other) => other is not null && Intervals.AsSpan().SequenceEqual(other.Intervals.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as VersionSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var interval in Intervals)
        {
            hash.Add(interval);
        }

        return hash.ToHashCode();
    }

    /// <summary>In constraint syntax, for example `>=1.2.0 &lt;2.0.0 || =3.1.0`; `*` for all, `none` for the empty set.</summary>
    public override string ToString() =>
        IsEmpty ? "none" : string.Join(" || ", Intervals.Select(Print));

    private static string Print(VersionInterval interval)
    {
        if (interval is { Lower.Version: { } only, Upper.Version: { } same } && only == same)
        {
            return $"={only}";
        }

        var text = new StringBuilder();
        if (interval.Lower.Version is { } lower)
        {
            text.Append(interval.Lower.IsInclusive ? ">=" : ">").Append(lower);
        }

        if (interval.Upper.Version is { } upper)
        {
            // `<2.0.0` as people write it: below the first pre-release of 2.0.0.
            var shown = !interval.Upper.IsInclusive && upper.Prerelease == "0" ? upper.Release : upper;
            text.Append(text.Length > 0 ? " " : "").Append(interval.Upper.IsInclusive ? "<=" : "<").Append(shown);
        }

        return text.Length == 0 ? "*" : text.ToString();
    }

    private static int CompareLower(VersionBound a, VersionBound b) => (a.Version, b.Version) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        var (x, y) when x.CompareTo(y) is var order && order != 0 => order,
        _ => b.IsInclusive.CompareTo(a.IsInclusive),
    };

    private static int CompareUpper(VersionBound a, VersionBound b) => (a.Version, b.Version) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (x, y) when x.CompareTo(y) is var order && order != 0 => order,
        _ => a.IsInclusive.CompareTo(b.IsInclusive),
    };

    /// <summary>Whether nothing lies between an upper bound and the next lower bound.</summary>
    private static bool Touches(VersionBound upper, VersionBound lower) =>
        upper.Version is null || lower.Version is null || upper.Version.CompareTo(lower.Version) is var order
        && (order > 0 || (order == 0 && (upper.IsInclusive || lower.IsInclusive)));
}
