using Registry.Engine.Model;

namespace Registry.Tui.Screens;

/// <summary>The package that a screen, or the selected row of it, is about.</summary>
/// <param name="Version">Null where none is chosen yet.</param>
internal sealed record Subject(PackageName Name, SemanticVersion? Version)
{
    /// <summary>With the locked version, when there is one.</summary>
    public static Subject Of(AppState state, PackageName name) =>
        new(name, state.Graph.Find(name) is >= 0 and var node ? state.Graph.Nodes[node].Package.Id.Version : null);

    /// <summary>The release that is meant, else the latest; null while it is not read.</summary>
    public Release? ReleaseIn(AppState state) =>
        (Version is null ? null : state.ReleaseOf(new PackageId(Name, Version))) ?? state.Packages.GetValueOrDefault(Name)?.Latest;
}
