using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;

namespace Registry.Engine.Store;

/// <summary>One file of a stored tree.</summary>
/// <param name="Path">Below the tree's folder, with `/`.</param>
/// <param name="Checksum">CRC-32 of the content.</param>
public sealed record StoredFile(string Path, long Size, FileKind Kind, uint Checksum);

/// <summary>An unpacked package in the store. Its files are read-only and must stay as they are.</summary>
public sealed class StoredTree
{
    internal StoredTree(StoreKey key, string folder, TreeIndex index)
    {
        Key = key;
        Folder = folder;
        Index = index;
    }

    public StoreKey Key { get; }

    /// <summary>The full path of the folder with the files.</summary>
    public string Folder { get; }

    public int FileCount => Index.FileCount;

    /// <summary>Sum of the sizes of the files.</summary>
    public long Bytes => Index.Bytes;

    /// <summary>
    /// Whether this is the archive of a package, as far as can be told: a hash in a lockfile may be that of another
    /// package, whose archive has another top folder.
    /// </summary>
    public bool MayBe(PackageId package) => Index.TopFolder is not { Length: > 0 } top || Plain(top) == Plain(ArchiveWriter.TopFolder(package));

    // One spelling for all of a name, and no build metadata, which does not tell versions apart.
    private static string Plain(string topFolder) => topFolder.Split('+')[0].ToLowerInvariant().Replace('_', '-').Replace('.', '-');

    /// <summary>In the order they were unpacked.</summary>
    public IEnumerable<StoredFile> Files => Index.ListFiles();

    /// <summary>The full path of a file in it, for reading; null when it has no such file.</summary>
    /// <param name="path">With `/` separators.</param>
    public string? FileAt(string path) => Index.HasFile(path) ? Path.Combine(Folder, path) : null;

    internal TreeIndex Index { get; }
}
