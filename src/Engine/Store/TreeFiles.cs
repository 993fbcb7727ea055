using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Store;

/// <summary>
/// The three things done with whole trees, once with the calls of Linux and once with the framework's files. Both
/// throw problems for what the disk refuses.
/// </summary>
internal abstract class TreeFiles
{
    public static TreeFiles ForThisSystem { get; } = LinuxCalls.AreUsable ? new LinuxTreeFiles() : new PortableTreeFiles();

    /// <summary>Writes a new tree into an empty folder.</summary>
    public abstract TreeWriter Write(string folder);

    /// <summary>Whether folder and files are all there, regular, and as long and as old as the index says.</summary>
    public abstract bool Matches(string folder, TreeIndex index);

    /// <summary>Makes a folder with hard links to the files of a tree.</summary>
    public abstract void Link(StoredTree tree, string folder);

    /// <summary>Makes a folder with writable copies of the files of a tree.</summary>
    public static void Copy(StoredTree tree, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var path in tree.Index.Folders)
            {
                Directory.CreateDirectory(Path.Combine(folder, Utf8Path.Text(path)));
            }

            foreach (var file in tree.Index.Files)
            {
                var path = Utf8Path.Text(file.Path);
                CopyFile(Path.Combine(tree.Folder, path), Path.Combine(folder, path), file.Kind);
            }
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, folder);
        }
    }

    /// <summary>The framework shares blocks where the file system can.</summary>
    protected static void CopyFile(string from, string to, FileKind kind)
    {
        File.Copy(from, to);
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(to, FileAttributes.Normal);
        }
        else
        {
            File.SetUnixFileMode(to, FileModes.Writable(kind));
        }
    }
}
