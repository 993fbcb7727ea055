namespace Registry.Engine.Workspace;

/// <summary>What others put into an install directory: neither packages of its map nor cairn's own two files.</summary>
internal static class ForeignEntries
{
    /// <returns>Paths relative to the tree, with `/`; nothing when the tree has no map that can be read.</returns>
    public static IReadOnlyList<string> In(string tree)
    {
        var map = PackageMap.ReadBytes(tree);
        if (map is null || TreeMarker.Read(tree) is null)
        {
            return [];
        }

        var ours = PackageMap.Parse(map).Select(entry => entry.Folder).Concat(PackageMap.ParseLinks(map)).ToHashSet(StringComparer.Ordinal);
        var scopes = ours.Where(folder => folder.Contains('/', StringComparison.Ordinal))
            .Select(folder => folder[..folder.IndexOf('/', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);
        scopes.ExceptWith(ours);
        ours.UnionWith([TreeMarker.FileName, PackageMap.FileName]);
        return [.. Names(tree).SelectMany(name => scopes.Contains(name)
                ? Names(Path.Combine(tree, name)).Select(inner => $"{name}/{inner}")
                : [name])
            .Where(path => !ours.Contains(path)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path));
}
