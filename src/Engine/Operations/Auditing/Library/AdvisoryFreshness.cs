using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>When advisories are too old to go by.</summary>
public static class AdvisoryFreshness
{
    /// <summary>Older data gets a warning, and is refused where fresh data is required.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromDays(14);

    /// <summary>Never negative: a clock that was set back is no reason to call data new.</summary>
    public static TimeSpan Age(AdvisorySource source, DateTimeOffset now) =>
        now > source.CurrentAt ? now - source.CurrentAt : TimeSpan.Zero;

    /// <returns>Null for a source that is fresh.</returns>
    internal static Problem? Stale(AdvisorySource source, DateTimeOffset now)
    {
        var age = Age(source, now);
        return age <= AgeMax ? null : new(
            ProblemCode.AdvisoriesStale,
            $"the advisories of `{Printable.Clip(source.Name, 100)}` are {(int)age.TotalDays} days old, so newer flaws are not known",
            source.Kind == AdvisorySourceKind.Feed ? "fetch newer ones: `cairn advisories update`" : "import a newer file: `cairn advisories import PATH`");
    }
}
