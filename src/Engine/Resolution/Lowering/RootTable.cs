using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>A project's own manifest as a table with one release, its path origins relative to the project root.</summary>
internal static class RootTable
{
    public static PackageTable Of(ResolutionRoot root, ResolutionTable options)
    {
        var package = root.Manifest.Package;
        var id = package is null
            ? new PackageId(PackageName.Parse("workspace"), new(0, 0, 0))
            : new PackageId(package.Name, package.Version);
        var release = new Release(id, null, ReleaseStatus.Ok, new ReleaseDetails
        {
            Dependencies = [.. RootActivation.Dependencies(root, options).Select(d => d with { Origin = Rebase(root.Folder, d.Origin) })],
            Features = root.Manifest.Features,
            Engines = package?.Engines ?? Release.NoEngines,
            Links = package?.Links,
            License = package?.License,
            Description = package?.Description,
            Keywords = package?.Keywords ?? [],
        });
        return new(id.Name, new PackageSource.Member(root.Folder), [release]) { Root = root };
    }

    private static DependencyOrigin Rebase(string folder, DependencyOrigin origin) =>
        origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(ProjectPath.Combine(folder, path.Folder)) : origin;
}
