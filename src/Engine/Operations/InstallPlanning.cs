using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Compares the install directory with what a lockfile and a selection ask for.</summary>
internal static class InstallPlanning
{
    /// <exception cref="ProblemException">InstallDirectoryForeign; WorkspaceInvalid for a directory outside the project.</exception>
    public static PreparedTree Plan(Project project, InstallTable install, Lockfile lockfile, SelectedEdges edges, LinkMode link)
    {
        var layout = InstallLayout.Of(lockfile, edges.Includes, install.Directory);
        // Node resolves a link to where it leads, and in the store it would not find the package's neighbours.
        link = layout.Style == LayoutStyle.NodeModules && link == LinkMode.Packages ? LinkMode.Files : link;
        return Compare(project, install.Directory, layout, link);
    }

    private static PreparedTree Compare(Project project, string directory, InstallLayout layout, LinkMode link)
    {
        var folder = ProjectPaths.Inside(project.Root, directory);
        var map = PackageMap.ToBytes(layout, link);
        TreeMarker.CheckOurs(project.Root, directory);
        var current = PackageMap.ReadBytes(folder);
        var wanted = layout.Packages.Select(p => new PackageMap.Entry(p.Package.Id, p.Folder, PackageMap.ContentOf(p.Package))).ToList();
        if (current is null && wanted.Count == 0)
        {
            return new(directory, layout, link, map, false, [], []);
        }

        CheckNotTaken(folder, directory, wanted);
        var there = PackageMap.Parse(current).Where(entry => Directory.Exists(Path.Combine(folder, entry.Folder))).ToHashSet();
        var changes = current is null || TreeMarker.Read(folder) is null || !current.AsSpan().SequenceEqual(map) || wanted.Exists(entry => !there.Contains(entry));
        var stays = IsSameLink(current, map) ? there : [];
        return new(
            directory, layout, link, map, changes,
            changes ? [.. wanted.Where(entry => !stays.Contains(entry)).Select(entry => entry.Id)] : [],
            [.. there.Where(entry => !wanted.Exists(other => other.Id == entry.Id)).Select(entry => entry.Id)]);
    }

    // The first lines of a map are its version and link mode.
    private static bool IsSameLink(byte[]? current, byte[] map) =>
        current is not null && map.AsSpan(0, map.AsSpan().IndexOf("\"roots\""u8)) is var head && current.AsSpan().StartsWith(head);

    /// <summary>What others put where a package must go would be lost.</summary>
    private static void CheckNotTaken(string folder, string directory, List<PackageMap.Entry> wanted)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var foreign in ForeignEntries.In(folder))
        {
            if (wanted.Exists(entry => entry.Folder == foreign || entry.Folder.StartsWith($"{foreign}/", StringComparison.Ordinal)))
            {
                throw new Problem(
                    ProblemCode.InstallDirectoryForeign, $"`{directory}/{foreign}` is in the way of a package and cairn did not make it",
                    $"move it away: `mv {directory}/{foreign} {foreign}.old`").Raise();
            }
        }
    }
}
