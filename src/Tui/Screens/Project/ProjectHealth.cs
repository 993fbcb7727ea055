using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Tui.Screens.Search;

namespace Registry.Tui.Screens.Project;

/// <summary>The state of the project in two lines, from what is known; what is not known is left out.</summary>
internal static class ProjectHealth
{
    private const int LicencesMax = 3;

    public static string Health(AppState state, ImmutableArray<ProjectRow> rows)
    {
        var direct = rows.Where(row => row.Name is not null).ToList();
        var updates = direct.Count(row => row.HasUpdate);
        var major = direct.Count(row => row.IsMajor);
        var yanked = state.Graph.Nodes.Count(node => state.ReleaseOf(node.Package.Id) is { Status: ReleaseStatus.Yanked });
        var unread = direct.Count(row => state.Asked.Contains(row.Name!) && !state.Packages.ContainsKey(row.Name!));
        var isRead = unread < direct.Count || unread == 0;
        string?[] parts =
        [
            state.Plan.Conflict is null ? null : "! 1 conflict",
            Advisories(state),
            isRead ? $"{Staging.Count(updates, "update", "updates")}{(major > 0 ? $" ({major} major)" : "")}" : null,
            isRead ? $"{(yanked > 0 ? "! " : "")}{yanked} yanked" : null,
            unread > 0 ? $"? {unread} not read" : null,
            state.Graph.Nodes.Any(node => node.Package.Source is PackageSource.Feed) ? Licences(state) : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    public static string LastRun(AppState state) => state.ReadAt is not { } read
        ? state.Asked.IsEmpty ? "" : state.Looks.Troubles.All.IsEmpty ? "reading the feeds" : "! no feed answered (r tries again)"
        : $"feeds read {(state.Now - read < TimeSpan.FromMinutes(1) ? "just now" : $"{Age(state.Now - read)} ago")} (r to read again)";

    private static string? Advisories(AppState state)
    {
        if (state.Looks.Findings is not { } all)
        {
            return null;
        }

        // As the audit counts: a word about a package is no flaw.
        var findings = all.Where(finding => finding.IsHarmful).ToList();
        var grave = findings.Count(finding => finding.Weight >= Severity.High);
        return $"{(findings.Count == 0 ? "" : "! ")}{Staging.Count(findings.Count, "advisory", "advisories")}{(grave > 0 ? $" ({grave} high)" : "")}";
    }

    private static string Age(TimeSpan time) => time.TotalHours < 1
        ? Staging.Count((int)time.TotalMinutes, "minute", "minutes")
        : time.TotalDays < 1 ? Staging.Count((int)time.TotalHours, "hour", "hours") : Pace.Span(time);

    // Of the locked releases whose facts are read: the direct ones, and what was looked at.
    private static string? Licences(AppState state)
    {
        var releases = state.Graph.Nodes.Where(node => node.Package.Source is PackageSource.Feed).Select(node => state.ReleaseOf(node.Package.Id)).OfType<Release>().ToList();
        var missing = releases.Count(release => string.IsNullOrEmpty(release.License));
        var names = releases.Select(release => release.License).Where(license => !string.IsNullOrEmpty(license)).GroupBy(license => license).OrderByDescending(group => group.Count())
            .Select(group => group.Key!).ToList();
        var shown = string.Join(", ", names.Take(LicencesMax)) + (names.Count > LicencesMax ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - LicencesMax} more") : "");
        return releases.Count == 0 ? null : $"licences {(shown.Length == 0 ? "none" : shown)}{(missing > 0 ? $", ! {missing} without" : "")}";
    }
}
