using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// The lines of `settings` in a lockfile: what the manifests say that shaped the edges and features without showing in
/// them, namely overrides, exclusions, and features asked of direct dependencies other than just `default`.
/// </summary>
internal static class LockSettings
{
    public static ImmutableArray<string> Of(ImmutableArray<ResolutionRoot> roots, ResolutionTable options) =>
    [
        .. options.Overrides.Select(Text).Concat(options.Exclusions.Select(Text)).Concat(roots.SelectMany(root => Features(root, options)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Features(ResolutionRoot root, ResolutionTable options) =>
        from ask in RootActivation.Of(root, options).Dependencies
        where ask.Features is not [FeatureGraph.Default]
        select $"features of {ask.Dependency.LocalName} in {root.Folder}: {string.Join(' ', ask.Features)}".TrimEnd();

    private static string Text(Override replaced) =>
        $"override {replaced.Name.Normal} {replaced.Constraint.Text}" + replaced.Origin switch
        {
            DependencyOrigin.Feed { Registry: { } registry } => $" from {registry}",
            DependencyOrigin.Path path => $" from path {path.Folder}",
            DependencyOrigin.Git git => $" from git {git.Url} {git.Reference.Name}".TrimEnd(),
            _ => "",
        };

    private static string Text(Exclusion exclusion) =>
        exclusion.Dependent is { } dependent
            ? $"exclude {exclusion.Name.Normal} of {dependent.Normal}"
            : $"exclude {exclusion.Name.Normal}";
}
