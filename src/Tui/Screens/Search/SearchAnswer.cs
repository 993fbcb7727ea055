using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Package;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets.Markdown;

namespace Registry.Tui.Screens.Search;

/// <summary>What is known of the selected hit: what adding it would do, how it has been kept up, and how its README begins.</summary>
internal static class SearchAnswer
{
    private const int ChangesMax = 8;
    private const int ReadmeLinesMax = 12;

    public static Detail Hit(this Detail detail, AppState state, FoundPackage found)
    {
        var node = state.Graph.Find(found.Name);
        _ = detail.IsCompact
            ? detail.Text($"{found.Name} {found.Latest}  {found.Description}", Style.Strong)
            : detail.Text($"{found.Name} {found.Latest}", Style.Strong).Text(found.Description, Style.Quiet).Gap();
        if (HitNote.LookAlikeOf(state, found.Name) is { } other)
        {
            detail.Text($"! Its name looks like {other}, which this project uses.", new Style(Ink.Problem)).Gap();
        }

        detail.Pair("Here", node >= 0 ? $"already used, locked at {state.Graph.Nodes[node].Version}" : null);
        detail.Pair("Plan", state.Plan.StepFor(found.Name) is { } staged ? $"{staged.Sign} {staged.Words}" : null, new Style(Ink.Changed));
        detail.Fit(state, found.Name);
        if (Pace.Of(state.Packages.GetValueOrDefault(found.Name)) is { } pace)
        {
            detail.Pair("Trust", pace.Trust(state.Now)).Pair("Pace", pace.Words(state.Now));
        }

        detail.Facts(state, found.Name, null).Pair("Keywords", string.Join(' ', found.Keywords)).Pair("From", found.Registry);
        return detail.Excerpt(state, found.Name);
    }

    private static Detail Fit(this Detail detail, AppState state, PackageName name)
    {
        if (!state.Looks.Fits.TryGet(name, out var outcome))
        {
            return detail;
        }

        switch (outcome)
        {
            case null:
                return detail.Text("Trying what adding it would do.", Style.Quiet).Gap();
            case Outcome<FitReport>.Failed failed:
                return detail.Text($"! {failed.Problem.Message}", new Style(Ink.Problem)).Gap();
            case Outcome<FitReport>.Done { Report: { Obstacle: { } obstacle } report }:
                return detail.Text($"! It does not fit: {obstacle.Headline}", new Style(Ink.Problem)).Text(Proof(report), Style.Quiet).Gap();
            case Outcome<FitReport>.Done { Report: { Difference: { } difference } report }:
                return (detail.IsCompact ? detail.Compact(report, difference) : detail.Whole(state, report, difference)).Gap();
            default:
                return detail;
        }
    }

    private static Detail Whole(this Detail detail, AppState state, FitReport report, LockDifference difference)
    {
        detail.Text($"Adding it to {state.Facts?.Manifest.DisplayName} would", Style.Strong);
        foreach (var change in difference.Changes.Take(ChangesMax))
        {
            detail.Text(LockChangeText.Of(change, 0), LockChangeText.StyleOf(change), 2);
        }

        if (difference.Changes.Length > ChangesMax)
        {
            detail.Text($"and {difference.Changes.Length - ChangesMax} more changes", Style.Quiet, 2);
        }

        if (report.LeavesOthersAlone)
        {
            detail.Text("nothing you already use changes", Style.Quiet, 2);
        }

        return detail.Text(Lock(report), default, 2).Text(Proof(report), Style.Quiet, 2);
    }

    private static Detail Compact(this Detail detail, FitReport report, LockDifference difference)
    {
        var changes = string.Join("  ", difference.Changes.Take(3).Select(change => LockChangeText.Of(change, 0)));
        var more = difference.Changes.Length > 3 ? $"  and {difference.Changes.Length - 3} more" : report.LeavesOthersAlone ? "  nothing else changes" : "";
        return detail.Text($"Adding it: {changes}{more}").Text($"{Lock(report)}  {Proof(report)}", Style.Quiet);
    }

    private static string Lock(FitReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"lock {report.PackagesBefore:N0} -> {report.PackagesAfter:N0}{(report.DownloadBytes > 0 ? $"    +{PackageAnswer.SizeText(report.DownloadBytes)} to fetch" : "")}");

    private static string Proof(FitReport report) => string.Create(CultureInfo.InvariantCulture, $"proven in {Math.Max(1, report.Elapsed.TotalMilliseconds):N0} ms");

    // Only what is on this machine already.
    private static Detail Excerpt(this Detail detail, AppState state, PackageName name)
    {
        if (detail.IsCompact || Looking.VersionOf(state, name) is not { } version
            || state.Looks.Contents.Find(new PackageId(name, version)) is not Outcome<ContentsReport>.Done { Report.Readme: { Form: not PackageTextForm.Binary } readme })
        {
            return detail;
        }

        detail.Gap().Text("README", Style.Strong);
        foreach (var line in MarkdownText.Render(readme.Text.Length > 4_000 ? readme.Text[..4_000] : readme.Text, detail.Width).Take(ReadmeLinesMax))
        {
            detail.Line(line.Text);
        }

        return detail;
    }
}
