using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Workspace;

/// <summary>Finds the folder of the project that another folder belongs to.</summary>
internal static class ProjectFinder
{
    /// <summary>
    /// The nearest folder with a manifest, from here upwards; when a workspace further up counts it as a member, that
    /// workspace's folder.
    /// </summary>
    public static string? RootOf(string folder)
    {
        var nearest = Above(Path.TrimEndingDirectorySeparator(folder)).FirstOrDefault(HasManifest);
        if (nearest is null || ReadManifest(nearest).Manifest.Workspace is not null)
        {
            return nearest;
        }

        return Above(Path.GetDirectoryName(nearest)).FirstOrDefault(above => HasManifest(above) && Counts(above, nearest)) ?? nearest;
    }

    /// <summary>The manifest of a folder: `cairn.toml` before `gal.toml`; null when there is none.</summary>
    public static string? ManifestIn(string folder)
    {
        foreach (var name in (ReadOnlySpan<string>)[Project.ManifestName, Project.GalManifestName])
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                return name;
            }
        }

        return null;
    }

    private static bool Counts(string root, string member) =>
        ReadManifest(root).Manifest.Workspace is { } workspace && MemberFolders.Match(workspace, ProjectPaths.Relative(root, member));

    private static bool HasManifest(string folder) => ManifestIn(folder) is not null;

    private static ManifestDocument ReadManifest(string folder)
    {
        var name = ManifestIn(folder)!;
        return ManifestDocument.Parse(ProjectReader.ReadBounded(Path.Combine(folder, name), ManifestDocument.BytesMax), name);
    }

    private static IEnumerable<string> Above(string? folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
