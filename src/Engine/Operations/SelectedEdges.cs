using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Which of the project's own dependencies are to be installed: by groups, features and profile.</summary>
internal sealed class SelectedEdges
{
    private readonly HashSet<(string Folder, DependencyGroup Group, string LocalName)> _used = [];

    private SelectedEdges()
    {
    }

    /// <exception cref="ProblemException">ProfileUnknown, FeatureUnknown.</exception>
    public static SelectedEdges Of(ImmutableArray<ProjectManifest> manifests, InstallSelection selection)
    {
        var root = manifests[0].Manifest;
        var profile = Profile(root, selection.Profile);
        CheckFeatures(manifests, selection.Features);
        var names = selection.Features.AddRange(profile?.Features ?? []);
        var features = new FeatureSelection(names, selection.UsesDefaultFeatures && (profile?.UsesDefaultFeatures ?? true), selection.UsesAllFeatures);
        ImmutableArray<DependencyGroup> groups = selection.WithoutDev || profile is { WithoutDev: true }
            ? [DependencyGroup.Normal, DependencyGroup.Build]
            : [DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev];
        var edges = new SelectedEdges();
        foreach (var one in LockPlanning.RootsOf(manifests))
        {
            foreach (var (dependency, _) in RootActivation.Of(one with { Features = features, Groups = groups }, root.Resolution).Dependencies)
            {
                edges._used.Add((one.Folder, dependency.Group, dependency.LocalName));
            }
        }

        return edges;
    }

    public bool Includes(LockedPackage root, LockedDependency edge) =>
        _used.Contains((((PackageSource.Member)root.Source).Folder, edge.Group, edge.LocalName));

    private static ProfileTable? Profile(Manifest root, string? name) =>
        name is null ? null
        : root.Profiles.GetValueOrDefault(name) ?? throw new Problem(
            ProblemCode.ProfileUnknown, $"there is no [profile.{Printable.Clip(name, 80)}] in the manifest",
            NearestName.Of(name, root.Profiles.Keys) is { } near ? $"did you mean `{near}`?" : $"those there are: {Listed(root.Profiles.Keys)}").Raise();

    private static void CheckFeatures(ImmutableArray<ProjectManifest> manifests, ImmutableArray<string> features)
    {
        var known = LockPlanning.RootsOf(manifests)
            .SelectMany(root => RootActivation.Graph(root, manifests[0].Manifest.Resolution).Names).Distinct().ToList();
        foreach (var unknown in features.Where(feature => !known.Contains(feature)))
        {
            throw new Problem(
                ProblemCode.FeatureUnknown, $"the project has no feature `{Printable.Clip(unknown, 80)}`",
                NearestName.Of(unknown, known) is { } near ? $"did you mean `{near}`?" : $"those there are: {Listed(known)}").Raise();
        }
    }

    private static string Listed(IEnumerable<string> names) =>
        string.Join(", ", names.Take(20)) is { Length: > 0 } list ? list : "none";
}
