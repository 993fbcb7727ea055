using System.Globalization;
using Registry.Engine.Model;

namespace Registry.Tui.Screens.Search;

/// <summary>How often a package is released, from the dates of its registry.</summary>
internal sealed record Pace(int Releases, int Yanked, DateTimeOffset First, DateTimeOffset Last)
{
    private const int ManyDays = 60;

    /// <summary>Null while its releases are not known, and where there are no dates.</summary>
    public static Pace? Of(PackageIndex? index)
    {
        var dates = index?.Releases.Select(release => release.Published).OfType<DateTimeOffset>().ToList();
        return dates is not { Count: > 0 } ? null
            : new(dates.Count, index!.Releases.Count(release => release.Status == ReleaseStatus.Yanked), dates.Min(), dates.Max());
    }

    public string Trust(DateTimeOffset now) =>
        $"{Staging.Count(Releases, "release", "releases")} in {Span(now - First)}{(Yanked > 0 ? $", {Yanked} yanked" : "")}";

    public string Words(DateTimeOffset now)
    {
        var last = $"last {Span(now - Last)} ago";
        return Releases < 2 ? last : $"a release every {Every(Span((Last - First) / (Releases - 1)))}, {last}";
    }

    private static string Every(string span) => span.StartsWith("1 ", StringComparison.Ordinal) ? span[2..] : span;

    public static string Span(TimeSpan time)
    {
        var days = Math.Max(0, (int)time.TotalDays);
        return days switch
        {
            0 => "less than a day",
            < 21 => Staging.Count(days, "day", "days"),
            < ManyDays => Staging.Count(days / 7, "week", "weeks"),
            < 730 => Staging.Count((int)(days / 30.4), "month", "months"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{days / 365} years"),
        };
    }
}
