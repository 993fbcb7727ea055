using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Tui.Screens.Package;

namespace Registry.Tui.Screens;

/// <summary>Asks for the releases of packages, each once.</summary>
internal static class Reading
{
    public static Step Ask(AppState state, IEnumerable<PackageName> names)
    {
        var unknown = names.Where(name => !state.Asked.Contains(name) && IsFromFeed(state, name)).Distinct().ToImmutableArray();
        return unknown.IsEmpty
            ? state
            : new Step(state with { Asked = state.Asked.Union(unknown) }, [.. unknown.Select(name => new ReadPackage(name))]);
    }

    // The project itself, path and git packages have no list of releases.
    private static bool IsFromFeed(AppState state, PackageName name)
    {
        var node = state.Graph.Find(name);
        return node < 0
            ? Staging.DependencyOn(state, name) is null or { Origin: DependencyOrigin.Feed, IsInherited: false }
            : state.Graph.Nodes[node].Package.Source is PackageSource.Feed;
    }
}
