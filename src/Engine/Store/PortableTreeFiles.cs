using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Store;

/// <summary>Trees by the framework's files, for macOS, Windows and other processors.</summary>
internal sealed partial class PortableTreeFiles : TreeFiles
{
    public override TreeWriter Write(string folder) => new Writer(folder);

    public override bool Matches(string folder, TreeIndex index)
    {
        if (!IsOnlyFolder(folder))
        {
            return false;
        }

        foreach (var path in index.Folders)
        {
            if (!IsOnlyFolder(Path.Combine(folder, Utf8Path.Text(path))))
            {
                return false;
            }
        }

        foreach (var file in index.Files)
        {
            var found = new FileInfo(Path.Combine(folder, Utf8Path.Text(file.Path)));
            if (!found.Exists || found.LinkTarget is not null || found.Length != file.Size || PathLook.OfUtc(found.LastWriteTimeUtc) != file.Modified)
            {
                return false;
            }
        }

        return true;
    }

    public override void Link(StoredTree tree, string folder)
    {
        try
        {
            LinkAll(tree, folder);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, folder);
        }
    }

    private static void LinkAll(StoredTree tree, string folder)
    {
        if (Path.Exists(folder))
        {
            throw new IOException($"`{folder}` exists already");
        }

        Directory.CreateDirectory(folder);
        foreach (var path in tree.Index.Folders)
        {
            Directory.CreateDirectory(Path.Combine(folder, Utf8Path.Text(path)));
        }

        foreach (var file in tree.Index.Files)
        {
            var path = Utf8Path.Text(file.Path);
            var (from, to) = (Path.Combine(tree.Folder, path), Path.Combine(folder, path));
            if (!TryLink(from, to))
            {
                CopyFile(from, to, file.Kind);
            }
        }
    }

    private static bool TryLink(string from, string to) =>
        OperatingSystem.IsWindows() ? CreateHardLink(to, from, 0) : MakeLink(from, to) == 0;

    private static bool IsOnlyFolder(string path)
    {
        var found = new DirectoryInfo(path);
        return found.Exists && (found.Attributes & FileAttributes.ReparsePoint) == 0;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeLink(string from, string to);

    [LibraryImport("kernel32.dll", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string newName, string existing, nint security);

    private sealed class Writer(string folder) : TreeWriter
    {
        private string _path = "";
        private FileKind _kind;
        private SafeFileHandle? _file;
        private long _length;

        protected override void MakeFolder(string path, ReadOnlySpan<byte> utf8WithNul) =>
            Guarded(() => Directory.CreateDirectory(Path.Combine(folder, path)));

        protected override void Open(string path, FileKind kind)
        {
            (_path, _kind, _length) = (Path.Combine(folder, path), kind, 0);
            Guarded(() => _file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None));
        }

        protected override void Write(ReadOnlySpan<byte> piece)
        {
            try
            {
                RandomAccess.Write(_file!, piece, _length);
                _length += piece.Length;
            }
            catch (Exception failure) when (DiskProblem.IsDisk(failure))
            {
                throw DiskProblem.Of(failure, _path);
            }
        }

        protected override long Close()
        {
            _file!.Dispose();
            Guarded(MakeReadOnly);
            return PathLook.OfUtc(File.GetLastWriteTimeUtc(_path));
        }

        protected override void Dispose(bool disposing) => _file?.Dispose();

        private void MakeReadOnly()
        {
            if (OperatingSystem.IsWindows())
            {
                File.SetAttributes(_path, FileAttributes.ReadOnly);
            }
            else
            {
                File.SetUnixFileMode(_path, FileModes.ReadOnly(_kind));
            }
        }

        private void Guarded(Action action)
        {
            try
            {
                action();
            }
            catch (Exception failure) when (DiskProblem.IsDisk(failure))
            {
                throw DiskProblem.Of(failure, _path.Length == 0 ? folder : _path);
            }
        }
    }
}
