using Registry.Engine.Model;

namespace Registry.Engine.Workspace;

/// <summary>Puts packages of the user's own folders into a staged tree: as links, so that edits show at once.</summary>
internal static class LocalPackages
{
    /// <summary>A link to the package's folder, as it will be right once the tree is in its place; a copy where links are not to be had.</summary>
    public static void Put(ProjectDisk disk, string root, string installDirectory, PlacedPackage placed, string stagedTree)
    {
        var folder = placed.Package.Source switch
        {
            PackageSource.Path path => path.Folder,
            PackageSource.Member member => member.Folder,
            _ => throw new ArgumentException("a package of the store", nameof(placed)),
        };
        var link = Path.Combine(stagedTree, placed.Folder);
        var source = Path.GetFullPath(folder, root);
        disk.MakeFolder(Path.GetDirectoryName(link)!);
        if (OperatingSystem.IsWindows())
        {
            Copy(disk, source, link, Path.GetFullPath(Path.Combine(root, installDirectory)));
            return;
        }

        var place = Path.GetDirectoryName(Path.Combine(root, installDirectory, placed.Folder))!;
        disk.Link(link, Path.GetRelativePath(place, source));
    }

    /// <summary>A link inside the tree.</summary>
    public static void Link(ProjectDisk disk, string stagedTree, PlacedLink link)
    {
        var path = Path.Combine(stagedTree, link.Path);
        if (Path.Exists(path))
        {
            // The package brought its own copy along.
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        disk.MakeFolder(parent);
        if (OperatingSystem.IsWindows())
        {
            Copy(disk, Path.Combine(stagedTree, link.Target), path, path);
            return;
        }

        disk.Link(path, Path.GetRelativePath(parent, Path.Combine(stagedTree, link.Target)));
    }

    private static void Copy(ProjectDisk disk, string from, string to, string leftOut)
    {
        disk.MakeFolder(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(folder);
            if (folder != leftOut && name is not (StateFolder.Name or ".git"))
            {
                Copy(disk, folder, Path.Combine(to, name), leftOut);
            }
        }
    }
}
