using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// Reads a folder on disk as if it were an unpacked archive: the same rules for names, no links, `.git` left out, in
/// the order of UTF-8 bytes.
/// </summary>
public static class FolderReader
{
    private const int BlockLength = 128 << 10;

    /// <summary>Hash of all files of a folder, as an archive of them would have.</summary>
    /// <exception cref="ProblemException">ArchiveUnsafe, FileUnavailable.</exception>
    public static TreeHash Hash(string folder, CancellationToken cancel = default)
    {
        var sink = new ListingSink();
        Read(folder, sink, cancel);
        return sink.Tree();
    }

    /// <exception cref="ProblemException">ArchiveUnsafe, ArchiveTooLarge, FileUnavailable.</exception>
    public static void Read(string folder, ArchiveSink sink, CancellationToken cancel = default)
    {
        var names = new EntryNames(ArchiveRules.Install, sink);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            foreach (var (path, file) in Files(folder))
            {
                cancel.ThrowIfCancellationRequested();
                if (names.AddFile(path) is { } clash)
                {
                    throw clash.Raise("would have two entries with one name", path);
                }

                ReadFile(path, file, sink, buffer);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"`{folder}` cannot be read: {failure.Message}", "check its permissions").Raise(failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>On Windows nothing is executable: the file system does not say.</summary>
    internal static FileKind KindOf(FileInfo file) =>
        !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? FileKind.Executable : FileKind.Plain;

    private static List<(string Path, FileInfo File)> Files(string folder)
    {
        var files = new List<(string, FileInfo)>();
        Collect(new DirectoryInfo(folder), "", files);
        files.Sort(static (a, b) => Encoding.UTF8.GetBytes(a.Item1).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b.Item1)));
        return files;
    }

    private static void Collect(DirectoryInfo folder, string prefix, List<(string, FileInfo)> files)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
        {
            var path = prefix + entry.Name;
            if (ForbiddenFiles.IsForbidden(Encoding.UTF8.GetBytes(entry.Name)))
            {
                continue;
            }

            CheckName(path, entry);
            if (entry is DirectoryInfo inner)
            {
                Collect(inner, path + "/", files);
            }
            else
            {
                files.Add((path, (FileInfo)entry));
            }
        }
    }

    private static void CheckName(string path, FileSystemInfo entry)
    {
        if (entry.LinkTarget is not null || (entry.Attributes & (FileAttributes.Device | FileAttributes.ReparsePoint)) != 0)
        {
            throw ArchiveReason.EntryType.Raise("would have something that is neither file nor folder", path);
        }

        if (EntryPath.Fault(Encoding.UTF8.GetBytes(path), ArchiveRules.Install) is { } fault)
        {
            throw fault.Raise("would have a path that is not allowed", path);
        }
    }

    private static void ReadFile(string path, FileInfo file, ArchiveSink sink, byte[] buffer)
    {
        if (file.Length == 0)
        {
            // Nothing to read, and opening what may be a named pipe waits for a writer.
            sink.BeginFile(path, 0, KindOf(file));
            sink.EndFile();
            return;
        }

        using var handle = File.OpenHandle(file.FullName, options: FileOptions.SequentialScan);
        sink.BeginFile(path, RandomAccess.GetLength(handle), KindOf(file));
        var at = 0L;
        for (int read; (read = RandomAccess.Read(handle, buffer, at)) > 0; at += read)
        {
            sink.Content(buffer.AsSpan(0, read));
        }

        sink.EndFile();
    }
}
