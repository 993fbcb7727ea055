using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Search;

namespace Registry.Tui.Screens.Package;

/// <summary>Asks for what the page or the selected hit makes worth looking at: each once, and only what costs no download.</summary>
internal static class Looking
{
    public static Step Ask(Step step) => step.State.Top switch
    {
        PackagePage page when page.ShownIn(step.State) is { } version => Contents(step, new PackageId(page.Name, version)),
        SearchScreen { IsInList: true, SelectedName: { } name } => Fit(Excerpt(step, name), name),
        _ => step,
    };

    /// <summary>The version to show when none was chosen: the one in use, else the newest.</summary>
    public static SemanticVersion? VersionOf(AppState state, PackageName name) => state.Graph.Find(name) is >= 0 and var node
        ? state.Graph.Nodes[node].Package.Id.Version
        : state.Packages.GetValueOrDefault(name)?.Latest?.Id.Version;

    public static bool IsOwn(AppState state, PackageName name) =>
        state.Graph.Find(name) is >= 0 and var node && state.Graph.Nodes[node].Package.Source is PackageSource.Member or PackageSource.Path;

    /// <summary>A package from git: one version, and no registry that tells of it.</summary>
    public static bool IsFromGit(AppState state, PackageName name) =>
        state.Graph.Find(name) is >= 0 and var node && state.Graph.Nodes[node].Package.Source is PackageSource.Git;

    private static Step Contents(Step step, PackageId package)
    {
        var looks = step.State.Looks;
        return looks.Contents.TryGet(package, out _) || IsOwn(step.State, package.Name)
            ? step
            : (step with { State = step.State with { Looks = looks with { Contents = looks.Contents.With(package, null) } } }).And(new AskContents(package, ContentsReach.Stored));
    }

    private static Step Excerpt(Step step, PackageName name) =>
        VersionOf(step.State, name) is { } version ? Contents(step, new PackageId(name, version)) : step;

    private static Step Fit(Step step, PackageName name)
    {
        var (state, looks) = (step.State, step.State.Looks);
        if (state.Facts?.Lockfile is null || looks.Fits.TryGet(name, out _) || Staging.DependencyOn(state, name) is not null)
        {
            return step;
        }

        // What is being tried for another name is cancelled by this one, and forgotten at once.
        var fits = looks.Fits with { All = looks.Fits.All.RemoveAll(fit => fit.Value is null) };
        return (step with { State = state with { Looks = looks with { Fits = fits.With(name, null) } } }).And(new AskFit(name));
    }
}
