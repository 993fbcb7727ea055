using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Search;

/// <summary>What is worth knowing of a hit before its description, in a sign and words.</summary>
internal readonly record struct HitNote(string Text, Style Style)
{
    private const int NewDays = 30;

    public static HitNote Of(AppState state, FoundPackage found)
    {
        if (state.Plan.StepFor(found.Name) is { } staged)
        {
            return new($"{staged.Sign} staged: {staged.Words}", new Style(Ink.Changed));
        }

        if (state.Graph.Find(found.Name) is >= 0 and var node)
        {
            return new($"* already used ({state.Graph.Nodes[node].Version})", new Style(Ink.Accent));
        }

        if (LookAlikeOf(state, found.Name) is { } other)
        {
            return new($"! name looks like {other}", new Style(Ink.Problem));
        }

        return DaysOld(state, found.Name) is { } days
            ? new($"? new, {Staging.Count(days, "day", "days")} old", new Style(Ink.Notice))
            : new(found.Description, Style.Quiet);
    }

    /// <summary>A package of this project that the name may be taken for.</summary>
    public static PackageName? LookAlikeOf(AppState state, PackageName name) =>
        LookAlike.Of(name, state.Graph.Nodes.Where(node => node.Package.Source is not PackageSource.Member).Select(node => node.Package.Id.Name));

    /// <summary>Days since its first release, when that is not long ago; null as well while that is not known.</summary>
    private static int? DaysOld(AppState state, PackageName name) =>
        Pace.Of(state.Packages.GetValueOrDefault(name)) is { } pace && (state.Now - pace.First).TotalDays is >= 0 and < NewDays and var days ? (int)days : null;
}
