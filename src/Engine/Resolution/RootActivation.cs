using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>A root's manifest seen as a release: the tables that count, without what is excluded.</summary>
internal static class RootActivation
{
    public static Activation Of(ResolutionRoot root, ResolutionTable options)
    {
        var graph = Graph(root, options);
        return Activation.Of(graph, Requested(root, graph));
    }

    public static FeatureGraph Graph(ResolutionRoot root, ResolutionTable options) =>
        FeatureGraph.Of(Dependencies(root, options), root.Manifest.Features);

    public static ImmutableArray<Dependency> Dependencies(ResolutionRoot root, ResolutionTable options) =>
        [.. root.Manifest.Dependencies
            .Where(d => root.Groups.Contains(d.Group) && !IsExcluded(options, root.Manifest.Package?.Name, d.Name))];

    public static IEnumerable<string> Requested(ResolutionRoot root, FeatureGraph graph) =>
        root.Features.IsAll ? graph.Names
        : root.Features.UsesDefault ? root.Features.Names.Prepend(FeatureGraph.Default)
        : root.Features.Names;

    public static bool IsExcluded(ResolutionTable options, PackageName? dependent, PackageName name)
    {
        foreach (var exclusion in options.Exclusions)
        {
            if (exclusion.Name == name && (exclusion.Dependent is null || exclusion.Dependent == dependent))
            {
                return true;
            }
        }

        return false;
    }
}
