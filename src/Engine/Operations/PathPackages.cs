using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Packages in folders of the user's: their manifests change without being published, so each install looks at them.</summary>
internal static class PathPackages
{
    /// <summary>Their manifests, relative to the project root.</summary>
    public static ImmutableArray<string> Files(string root, Lockfile lockfile) =>
        [.. from package in lockfile.Packages
            where package.Source is PackageSource.Path
            let folder = ((PackageSource.Path)package.Source).Folder
            let name = ProjectFinder.ManifestIn(Path.Combine(root, folder)) ?? Project.ManifestName
            select ProjectPaths.Combine(folder, name)];

    /// <summary>In what they are different from when they were locked, in words.</summary>
    /// <exception cref="ProblemException">PathDependencyMissing; whatever is wrong with the manifest.</exception>
    public static ImmutableArray<string> Mismatches(string root, Lockfile lockfile) =>
        [.. lockfile.Packages.Where(package => package.Source is PackageSource.Path).Select(package => Mismatch(root, package)).OfType<string>()];

    private static string? Mismatch(string root, LockedPackage package)
    {
        var folder = ((PackageSource.Path)package.Source).Folder;
        var manifest = Read(root, folder, package.Id.Name);
        if (manifest.Package is not { } own || own.Name != package.Id.Name || own.Version != package.Id.Version)
        {
            return $"`{folder}` is not `{package.Id}` any more";
        }

        var active = Activation.Of(FeatureGraph.Of([.. manifest.Dependencies.Where(d => d.Group != DependencyGroup.Dev)], manifest.Features), package.Features);
        var edges = package.Dependencies.ToDictionary(edge => (edge.Group, edge.LocalName));
        foreach (var (dependency, _) in active.Dependencies)
        {
            if (!edges.Remove((dependency.Group, dependency.LocalName), out var edge)
                || edge.Target.Name != dependency.Name || !dependency.Constraint.AdmitsWithPrereleases(edge.Target.Version))
            {
                return $"`{package.Id.Name}` in `{folder}` asks for another `{dependency.LocalName}`";
            }
        }

        return edges.Count == 0 ? null : $"`{package.Id.Name}` in `{folder}` has dependencies less than when it was locked";
    }

    private static Manifest Read(string root, string folder, PackageName name)
    {
        var path = Path.Combine(root, folder);
        var file = ProjectFinder.ManifestIn(path) ?? throw new Problem(
            ProblemCode.PathDependencyMissing, $"`{name}` is to come from `{folder}`, where there is no {Project.ManifestName}",
            "put the folder back, or change the path in the manifest").Raise();
        return ManifestDocument.Parse(ProjectReader.ReadBounded(Path.Combine(path, file), ManifestDocument.BytesMax), ProjectPaths.Combine(folder, file)).Manifest;
    }
}
