using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>
/// Turns the events of a range into intervals, as the evaluation of the OSV schema does it version by version: events in
/// the order of their versions, those of one version in the order of the record.
/// </summary>
internal static class RangeEvaluation
{
    /// <summary>The schema's word for "before every version".</summary>
    private const string BeforeAll = "0";

    /// <summary>The schema's word for "no limit".</summary>
    private const string NoLimit = "*";

    private readonly record struct Step(SemanticVersion? Version, RangeEventKind Kind);

    /// <summary>Adds the affected intervals and the fixed versions; false, and nothing added, when a bound cannot be understood.</summary>
    public static bool TryAdd(AffectedRange range, ImmutableArray<VersionInterval>.Builder intervals, SortedSet<SemanticVersion> repaired)
    {
        if (range.Kind is not (AffectedRangeKind.Semver or AffectedRangeKind.Ecosystem) || Steps(range.Events) is not { } steps)
        {
            return false;
        }

        var ceiling = Ceiling(range.Events, steps);
        foreach (var interval in Intervals(steps))
        {
            intervals.Add(interval with { Upper = Lower(interval.Upper, ceiling) });
        }

        foreach (var step in steps)
        {
            if (step is { Kind: RangeEventKind.Fixed, Version: { } version })
            {
                repaired.Add(version);
            }
        }

        return true;
    }

    /// <summary>The events in order; null when a version is of no known form.</summary>
    private static List<Step>? Steps(ImmutableArray<RangeEvent> events)
    {
        var steps = new List<Step>(events.Length);
        foreach (var item in events)
        {
            var isEndless = item is { Kind: RangeEventKind.Introduced, Version: BeforeAll } or { Kind: RangeEventKind.Limit, Version: NoLimit };
            var version = isEndless ? null : AdvisoryVersion.TryParse(item.Version);
            if (version is null && !isEndless)
            {
                return null;
            }

            steps.Add(new(version, item.Kind));
        }

        // Stable: of two events at one version the later in the record has the last word.
        return [.. steps.OrderBy(step => step.Version, Comparer<SemanticVersion?>.Create(Compare))];
    }

    /// <summary>A version is inside when it is below any of the limits: below the highest.</summary>
    private static VersionBound Ceiling(ImmutableArray<RangeEvent> events, List<Step> steps)
    {
        var limits = steps.FindAll(step => step.Kind == RangeEventKind.Limit);
        return limits.Count == 0 || limits.Exists(step => step.Version is null) ? VersionBound.None : new(limits[^1].Version, false);
    }

    /// <summary>
    /// Walks up the versions that have events. At such a version itself `last_affected` does not count yet; right
    /// above it everything does.
    /// </summary>
    private static IEnumerable<VersionInterval> Intervals(List<Step> steps)
    {
        VersionBound? opened = null;
        for (var i = 0; i < steps.Count;)
        {
            var version = steps[i].Version;
            var (at, above) = (opened is not null, opened is not null);
            for (; i < steps.Count && Compare(steps[i].Version, version) == 0; i++)
            {
                at = steps[i].Kind switch { RangeEventKind.Introduced => true, RangeEventKind.Fixed => false, _ => at };
                above = steps[i].Kind switch { RangeEventKind.Introduced => true, RangeEventKind.Fixed or RangeEventKind.LastAffected => false, _ => above };
            }

            if (opened is { } lower && !(at && above))
            {
                yield return new(lower, new(version, at));
                opened = null;
            }
            else if (opened is null && at && !above)
            {
                yield return new(new(version, true), new(version, true));
            }

            opened = above ? opened ?? new(version, at && version is not null) : null;
        }

        if (opened is { } last)
        {
            yield return new(last, VersionBound.None);
        }
    }

    private static VersionBound Lower(VersionBound upper, VersionBound ceiling) =>
        ceiling.Version is null || (upper.Version is { } version && version.CompareTo(ceiling.Version) < 0) ? upper : ceiling;

    private static int Compare(SemanticVersion? a, SemanticVersion? b) =>
        (a, b) switch { (null, null) => 0, (null, _) => -1, (_, null) => 1, _ => a.CompareTo(b) };
}
