using System.Globalization;
using Registry.Engine.Model;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Package;

/// <summary>What is known about a package, for the answer beside a list and for its page.</summary>
internal static class PackageAnswer
{
    private const int NamesMax = 6;

    public static Detail Heading(this Detail detail, AppState state, PackageName name, SemanticVersion? locked)
    {
        var release = ReleaseFor(state, name, locked);
        var title = $"{name} {locked ?? release?.Id.Version}";
        _ = detail.IsCompact
            ? detail.Text($"{title}  {release?.Description}", Style.Strong)
            : detail.Text(title, Style.Strong).Text(release?.Description, Style.Quiet).Gap();
        if (state.Plan.StepFor(name) is { } staged)
        {
            detail.Pair("Staged", $"{staged.Sign} {staged.Words}", new Style(Ink.Changed));
        }

        return detail;
    }

    /// <param name="shown">The version whose release is told of; null for the locked one, else the latest.</param>
    public static Detail Facts(this Detail detail, AppState state, PackageName name, SemanticVersion? locked, SemanticVersion? shown = null)
    {
        var release = ReleaseFor(state, name, shown ?? locked);
        var latest = state.Packages.GetValueOrDefault(name)?.Latest?.Id.Version;
        detail.Pair("Wanted", Staging.DependencyOn(state, name)?.Constraint.Text);
        detail.Pair("Locked", locked?.ToString()).Pair("Latest", latest?.ToString());
        if (release is null)
        {
            return detail;
        }

        detail.Pair("Needs", Names(release.Dependencies.Where(need => need.Group == DependencyGroup.Normal && !need.IsOptional).Select(need => $"{need.Name} {need.Constraint}")));
        detail.Pair("Licence", release.License).Pair("Size", release.Archive is { } archive ? SizeText(archive.Size) : null);
        detail.Pair("Published", release.Published?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (release.Status != ReleaseStatus.Ok)
        {
            detail.Pair("Status", $"! {release.Status.ToString().ToLowerInvariant()}  {release.Reason?.Text}", new Style(Ink.Problem));
        }

        return detail.Pair("Home", release.Details.Homepage ?? release.Details.Repository);
    }

    public static Detail NeededBy(this Detail detail, AppState state, int node)
    {
        if (node >= 0)
        {
            detail.Pair("Needed by", Names(state.Graph.NeededBy(node).ToArray().Select(dependent => state.Graph.Nodes[dependent].Name)));
        }

        return detail;
    }

    /// <summary>The shortest ways from the project to a package, with what each last step wants.</summary>
    public static Detail Ways(this Detail detail, AppState state, int node, int most)
    {
        var ways = state.Graph.Ways(node, most + 1);
        detail.Text(ways.Length > most ? $"Why is it here?  (the {most} shortest ways)" : $"Why is it here?  ({Staging.Count(ways.Length, "way", "ways")})", Style.Strong);
        for (var i = 0; i < Math.Min(most, ways.Length); i++)
        {
            var way = ways[i];
            detail.Text(string.Create(CultureInfo.InvariantCulture, $"{i + 1} ") + string.Join(" > ", way.Select(step => state.Graph.Nodes[step].Name)), default, 1);
            if (way.Length > 1 && WantedBy(state, way[^2], node) is { } wanted)
            {
                detail.Text($"{state.Graph.Nodes[way[^2]].Name} wants {wanted}", Style.Quiet, 4);
            }
        }

        return detail.Gap();
    }

    /// <summary>What keeps a package at its version, as far as the releases of its dependents are known.</summary>
    public static Detail Newer(this Detail detail, AppState state, int node)
    {
        var id = state.Graph.Nodes[node].Package.Id;
        if (state.Packages.GetValueOrDefault(id.Name)?.Latest is not { } latest)
        {
            return detail;
        }

        if (latest.Id.Version <= id.Version)
        {
            return detail.Text("Why not newer?", Style.Strong).Text("It is the newest.", Style.Quiet, 2).Gap();
        }

        detail.Text($"Why not newer?  ({latest.Id.Version} exists)", Style.Strong);
        var reasons = 0;
        foreach (var dependent in state.Graph.NeededBy(node))
        {
            if (WantedBy(state, dependent, node) is { } wanted && !wanted.Admits(latest.Id.Version))
            {
                detail.Text($"{state.Graph.Nodes[dependent].Name} {state.Graph.Nodes[dependent].Version} wants {id.Name} {wanted}", default, 2);
                reasons++;
            }
        }

        return (reasons == 0 ? detail.Text("No one who needs it forbids that: U takes the newest that fits.", default, 2) : detail).Gap();
    }

    /// <summary>The range a dependent asks for; null while that is not known.</summary>
    public static Constraint? WantedBy(AppState state, int dependent, int node)
    {
        var (from, to) = (state.Graph.Nodes[dependent].Package, state.Graph.Nodes[node].Package.Id.Name);
        var own = from.Source is PackageSource.Member && from.Id.Name == state.Facts?.Manifest.Package?.Name;
        var needs = own ? state.Facts!.Manifest.Dependencies : state.ReleaseOf(from.Id)?.Dependencies ?? [];
        return needs.FirstOrDefault(need => need.Name == to)?.Constraint;
    }

    public static string SizeText(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000:N0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:N0} MB"),
    };

    private static Release? ReleaseFor(AppState state, PackageName name, SemanticVersion? locked) =>
        locked is null ? state.Packages.GetValueOrDefault(name)?.Latest : state.ReleaseOf(new PackageId(name, locked));

    private static string Names(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", all.Take(NamesMax));
        return all.Count > NamesMax ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {all.Count - NamesMax} more") : shown;
    }
}
