using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Screens.Package;

/// <summary>Asks for what a page or a selected package makes worth looking at: each once, and only what costs no download.</summary>
internal static class Looking
{
    /// <summary>README and files, when they are on this machine.</summary>
    public static Step AskContents(AppState state, PackageId package) => state.Looks.Contents.TryGet(package, out _) || IsOwn(state, package.Name)
        ? state
        : (state with { Looks = state.Looks with { Contents = state.Looks.Contents.With(package, null) } }).Do(new AskContents(package, ContentsReach.Stored));

    /// <summary>What adding it would do to the project, beside its README.</summary>
    public static Step AskFit(AppState state, PackageName name)
    {
        var step = VersionOf(state, name) is { } version ? AskContents(state, new PackageId(name, version)) : state;
        var looks = step.State.Looks;
        if (state.Facts?.Lockfile is null || looks.Fits.TryGet(name, out _) || Staging.DependencyOn(state, name) is not null)
        {
            return step;
        }

        // What is being tried for another name is cancelled by this one, and forgotten at once.
        var fits = looks.Fits with { All = looks.Fits.All.RemoveAll(fit => fit.Value is null) };
        return (step with { State = step.State with { Looks = looks with { Fits = fits.With(name, null) } } }).And(new AskFit(name));
    }

    /// <summary>The version to show when none was chosen: the one in use, else the newest.</summary>
    public static SemanticVersion? VersionOf(AppState state, PackageName name) => state.Graph.Find(name) is >= 0 and var node
        ? state.Graph.Nodes[node].Package.Id.Version
        : state.Packages.GetValueOrDefault(name)?.Latest?.Id.Version;

    public static bool IsOwn(AppState state, PackageName name) =>
        state.Graph.Find(name) is >= 0 and var node && state.Graph.Nodes[node].Package.Source is PackageSource.Member or PackageSource.Path;

    /// <summary>A package from git: one version, and no registry that tells of it.</summary>
    public static bool IsFromGit(AppState state, PackageName name) =>
        state.Graph.Find(name) is >= 0 and var node && state.Graph.Nodes[node].Package.Source is PackageSource.Git;
}
