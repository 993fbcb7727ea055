using Registry.Engine.Model;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Package;

/// <summary>All about one package: facts, versions, what it needs and who needs it.</summary>
internal sealed record PackagePage(PackageName Name) : LinesScreen
{
    private const int VersionsMax = 8;

    private static readonly Hint[] hints = [new("Esc", "back"), .. new[] { Command.Versions, Command.Add, Command.Remove, Command.Update, Command.Why, Command.Pin }.Select(Chrome.HintOf)];

    public override Scope Scope => Scope.Package;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override Subject SubjectOf(AppState state) => Subject.Of(state, Name);

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Versions => state.Open(new VersionsPage(Name)),
        Command.Add => Staging.Add(state, Name, state.Packages.GetValueOrDefault(Name)?.Latest?.Id.Version, DependencyGroup.Normal),
        Command.AddDev => Staging.Add(state, Name, state.Packages.GetValueOrDefault(Name)?.Latest?.Id.Version, DependencyGroup.Dev),
        Command.Remove => Staging.Remove(state, Name),
        Command.Update => Staging.Update(state, Name),
        Command.Pin => Staging.Pin(state, Name),
        Command.Why => TextPage.Why(state, Name),
        Command.WhyNotNewer => TextPage.WhyNotNewer(state, Name),
        _ => base.Do(state, command),
    };

    public override Screen Fresh(AppState state)
    {
        var node = state.Graph.Find(Name);
        var locked = node < 0 ? null : state.Graph.Nodes[node].Package.Id.Version;
        var detail = new Detail(state.Layout.Body.Width - 3).Heading(state, Name, locked).Facts(state, Name, locked).NeededBy(state, node).Gap();
        var index = state.Packages.GetValueOrDefault(Name);
        if (index is null)
        {
            return this with { Lines = detail.Text(state.Asked.Contains(Name) ? "reading its releases" : "", Style.Quiet).Lines };
        }

        AddVersions(detail, index, locked);
        AddNeeds(detail, locked is null ? index.Latest : state.ReleaseOf(new PackageId(Name, locked)));
        return this with { Lines = detail.Lines };
    }

    private static void AddVersions(Detail detail, PackageIndex index, SemanticVersion? locked)
    {
        detail.Text($"Versions ({index.Releases.Length}, t chooses one)", Style.Strong);
        foreach (var release in index.Releases.Reverse().Take(VersionsMax))
        {
            var mark = release.Id.Version == locked ? "locked" : release.Status == ReleaseStatus.Ok ? "" : release.Status.ToString().ToLowerInvariant();
            detail.Text($"{release.Id.Version,-16} {release.Published?.UtcDateTime:yyyy-MM-dd}  {mark}", default, 2);
        }

        detail.Gap();
    }

    private static void AddNeeds(Detail detail, Release? release)
    {
        if (release is null || release.Dependencies.IsEmpty)
        {
            return;
        }

        detail.Text($"What {release.Id} needs", Style.Strong);
        foreach (var need in release.Dependencies.Where(need => need.Group != DependencyGroup.Dev))
        {
            var notes = (need.Group == DependencyGroup.Build ? "  to build" : "") + (need.IsOptional ? "  optional" : "");
            detail.Text($"{need.LocalName,-24} {need.Constraint}{notes}", need.IsOptional ? Style.Quiet : default, 2);
        }

        detail.Gap();
        if (release.Features.Count > 0)
        {
            detail.Text("Features", Style.Strong).Text(string.Join(", ", release.Features.Keys), default, 2);
        }
    }
}
