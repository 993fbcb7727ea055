using System.Buffers;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Problems;

namespace Registry.Engine.Store;

/// <summary>Whether a tree is what was put there: at a look (sizes and times) or to the last byte.</summary>
internal static class TreeCheck
{
    private const int BlockLength = 128 << 10;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>The tree when it is undamaged. Reads its files only if some look different, and then writes a new index.</summary>
    public static StoredTree? Look(TreeFiles files, StoreKey key, string folder)
    {
        if (ReadIndex(folder) is not { } index)
        {
            return null;
        }

        var tree = new StoredTree(key, Path.Combine(folder, StoreLayout.FilesName), index);
        if (files.Matches(tree.Folder, index))
        {
            return tree;
        }

        return Faults(tree).Count == 0 ? Renew(tree, folder) : null;
    }

    public static TreeIndex? ReadIndex(string folder)
    {
        try
        {
            using var file = File.OpenHandle(Path.Combine(folder, StoreLayout.IndexName));
            var length = RandomAccess.GetLength(file);
            if (length > TreeIndex.LengthMax)
            {
                return null;
            }

            var content = new byte[length];
            return RandomAccess.Read(file, content, 0) == content.Length ? TreeIndex.Read(content) : null;
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            return null;
        }
    }

    /// <summary>Paths of files that are missing, changed or not the tree's.</summary>
    public static List<string> Faults(StoredTree tree)
    {
        var faults = new List<string>();
        if (PathLook.Look(tree.Folder) != PathState.Folder)
        {
            return [StoreLayout.FilesName];
        }

        var expected = new HashSet<string>(StringComparer.Ordinal);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        foreach (var file in tree.Files)
        {
            expected.Add(file.Path);
            if (!IsWhole(Path.Combine(tree.Folder, file.Path), file, buffer))
            {
                faults.Add(file.Path);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        AddStrangers(tree, expected, faults);
        return faults;
    }

    public static Problem Damaged(StoreKey key) => new(
        ProblemCode.HashMismatch, $"the stored copy of `{key}` was damaged and has been thrown away",
        "nothing to do: it is fetched again when it is needed");

    private static bool IsWhole(string path, StoredFile file, byte[] buffer)
    {
        try
        {
            var found = new FileInfo(path);
            if (!found.Exists || found.LinkTarget is not null || found.Length != file.Size || !HasKind(path, file.Kind))
            {
                return false;
            }

            using var handle = File.OpenHandle(path);
            var checksum = 0u;
            var at = 0L;
            for (int read; (read = RandomAccess.Read(handle, buffer, at)) > 0; at += read)
            {
                checksum = Crc32.Append(checksum, buffer.AsSpan(0, read));
            }

            return at == file.Size && checksum == file.Checksum;
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            return false;
        }
    }

    private static bool HasKind(string path, FileKind kind) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute) == (kind == FileKind.Executable);

    private static void AddStrangers(StoredTree tree, HashSet<string> expected, List<string> faults)
    {
        var known = FolderNames(tree);
        var waiting = new Stack<string>([""]);
        while (waiting.TryPop(out var folder))
        {
            var entries = new DirectoryInfo(Path.Combine(tree.Folder, folder)).EnumerateFileSystemInfos("*", Everything);
            foreach (var entry in entries)
            {
                var path = folder + entry.Name;
                var isFolder = entry is DirectoryInfo && entry.LinkTarget is null;
                if (!(isFolder ? known : expected).Contains(path))
                {
                    faults.Add(path);
                }
                else if (isFolder)
                {
                    waiting.Push(path + "/");
                }
            }
        }
    }

    private static HashSet<string> FolderNames(StoredTree tree)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in tree.Index.Folders)
        {
            names.Add(Utf8Path.Text(folder));
        }

        return names;
    }

    /// <summary>Only times differ (a restored backup): note the new ones, so that the next look is short again.</summary>
    private static StoredTree Renew(StoredTree tree, string folder)
    {
        var renewed = new TreeIndex.Builder();
        foreach (var path in tree.Index.Folders)
        {
            renewed.AddFolder(path);
        }

        foreach (var file in tree.Index.Files)
        {
            var path = Path.Combine(tree.Folder, Utf8Path.Text(file.Path));
            renewed.AddFile(new(file.Path, file.Size, PathLook.Modified(path), file.Checksum, file.Kind));
        }

        var index = renewed.Build(tree.Index.TopFolder);
        try
        {
            AtomicFile.Write(Path.Combine(folder, StoreLayout.IndexName), index.Content, Durability.Fast);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            // A store that may only be read: the long look comes again next time.
        }

        return new(tree.Key, tree.Folder, index);
    }
}
