using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;

namespace Registry.Engine.Sources.Local;

/// <summary>The manifest of a package that is a folder: of a path dependency, a member or a git checkout.</summary>
internal static class FolderManifest
{
    private const int ParentsMax = 16;

    private static readonly string[] FileNames = ["cairn.toml", "gal.toml"];

    /// <summary>The manifest with what it inherits filled in; null when the folder has none.</summary>
    /// <param name="display">The folder as messages name it.</param>
    public static Manifest? Find(string folder, string display)
    {
        if (FileIn(folder) is not { } file)
        {
            return null;
        }

        var manifest = ReadOne(file, $"{display}/{Path.GetFileName(file)}");
        return manifest.Dependencies.Any(dependency => dependency.IsInherited) ? Inherit(manifest, folder) : manifest;
    }

    /// <summary>The one release a folder is, its path dependencies seen from where <paramref name="rewrite"/> puts them.</summary>
    public static PackageIndex Index(Manifest manifest, PackageMetadata package, Func<DependencyOrigin, DependencyOrigin> rewrite)
    {
        var details = new ReleaseDetails
        {
            Dependencies = [.. manifest.Dependencies.Select(dependency => dependency with { Origin = rewrite(dependency.Origin) })],
            Features = manifest.Features,
            Engines = package.Engines,
            Links = package.Links,
            License = package.License,
            Description = package.Description,
            Keywords = package.Keywords,
            Repository = package.Repository,
            Homepage = package.Homepage,
            Documentation = package.Documentation,
        };
        return new(package.Name, [new Release(new(package.Name, package.Version), null, ReleaseStatus.Ok, details)]);
    }

    public static string? FileIn(string folder) => FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static Manifest ReadOne(string file, string display)
    {
        try
        {
            return PlainFile.Read(file, ManifestDocument.BytesMax) is { } bytes
                ? ManifestDocument.Parse(bytes, display).Manifest
                : throw new Problem(ProblemCode.ManifestTooLarge, $"`{display}` is larger than {ManifestDocument.BytesMax / 1024} KiB", null).Raise();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{display}` cannot be read: {Printable.Of(e.Message)}", "check its permissions").Raise(e);
        }
    }

    private static Manifest Inherit(Manifest manifest, string folder)
    {
        var up = "..";
        var parent = Directory.GetParent(folder);
        for (var i = 0; i < ParentsMax && parent is not null; i++, up += "/..", parent = parent.Parent)
        {
            if (FileIn(parent.FullName) is { } file && ReadOne(file, file).Workspace is { } workspace)
            {
                return WorkspaceInheritance.Apply(manifest, workspace, up);
            }
        }

        throw new Problem(
            ProblemCode.WorkspaceInvalid, $"`{manifest.DisplayName}` inherits from a workspace, and there is none above its folder",
            "give its dependencies versions of their own").Raise();
    }
}
