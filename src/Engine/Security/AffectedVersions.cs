using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>What an advisory says of the versions of one package.</summary>
/// <param name="Set">Those that are affected for sure.</param>
/// <param name="IsComplete">Whether every range could be understood; when not, a version outside the set may be affected.</param>
/// <param name="Fixed">The versions that are said to be fixed, ascending; whether another range affects them is not looked at.</param>
public sealed record AffectedVersions(VersionSet Set, bool IsComplete, ImmutableArray<SemanticVersion> Fixed)
{
    /// <summary>
    /// Adds up entries of one package: listed versions and ranges. Ranges of commits are left out. A listed version of
    /// another form than ours is none of our versions; a range with a bound of another form makes the answer incomplete.
    /// </summary>
    public static AffectedVersions Of(IEnumerable<AffectedPackage> entries)
    {
        var intervals = ImmutableArray.CreateBuilder<VersionInterval>();
        var repaired = new SortedSet<SemanticVersion>();
        var isComplete = true;
        foreach (var entry in entries)
        {
            foreach (var text in entry.Versions)
            {
                if (AdvisoryVersion.TryParse(text) is { } version)
                {
                    intervals.Add(new(new(version, true), new(version, true)));
                }
            }

            foreach (var range in entry.Ranges)
            {
                isComplete &= range.Kind == AffectedRangeKind.Git || RangeEvaluation.TryAdd(range, intervals, repaired);
            }
        }

        return new(VersionSet.OfAny(intervals.ToImmutable()), isComplete, [.. repaired]);
    }

    /// <summary>Whether a version is affected; null when that cannot be told.</summary>
    public bool? Covers(SemanticVersion version) => Set.Contains(version) ? true : IsComplete ? false : null;

    /// <summary>All that any of them affects; complete when each is.</summary>
    public static AffectedVersions OfAny(ImmutableArray<AffectedVersions> parts) => parts is [var only]
        ? only
        : new(
            VersionSet.OfAny([.. parts.SelectMany(part => part.Set.Intervals)]), parts.All(part => part.IsComplete),
            [.. parts.SelectMany(part => part.Fixed).Distinct().Order()]);

    /// <summary>The lowest version above one that is said to be fixed and that nothing here affects; null when none is known.</summary>
    public SemanticVersion? FirstFixedAfter(SemanticVersion version) =>
        Fixed.FirstOrDefault(candidate => candidate > version && !Set.Contains(candidate));
}
