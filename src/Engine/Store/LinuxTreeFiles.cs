using System.Runtime.InteropServices;
using Registry.Engine.Formats.Archives;
using static Registry.Engine.Store.LinuxCalls;

namespace Registry.Engine.Store;

/// <summary>Trees by system calls relative to an open folder, paths taken from the index as they are.</summary>
internal sealed unsafe class LinuxTreeFiles : TreeFiles
{
    private const uint FolderMode = 0x1ED; // 0755

    public override TreeWriter Write(string folder) => new Writer(folder);

    public override bool Matches(string folder, TreeIndex index)
    {
        var root = OpenAt(CurrentFolder, folder, OnlyFolder, 0);
        if (root < 0)
        {
            return false;
        }

        try
        {
            foreach (var file in index.Files)
            {
                if (!Matches(root, file))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            _ = LinuxCalls.Close(root);
        }
    }

    public override void Link(StoredTree tree, string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (LinuxCalls.MakeFolder(folder, FolderMode) != 0)
        {
            throw DiskProblem.OfLastCall(folder);
        }

        var from = OpenRoot(tree.Folder);
        var to = -1;
        try
        {
            to = OpenRoot(folder);
            LinkAll(tree, folder, from, to);
        }
        finally
        {
            _ = LinuxCalls.Close(from);
            _ = to < 0 ? 0 : LinuxCalls.Close(to);
        }
    }

    private static bool Matches(int root, in IndexedFile file)
    {
        fixed (byte* path = file.Path)
        {
            return Stat(root, path, SymlinkNoFollow, out var stat) == 0 && stat.IsRegular
                && stat.Size == (ulong)file.Size && stat.Modified == file.Modified
                && stat.IsOwnerExecutable == (file.Kind == FileKind.Executable);
        }
    }

    private static int OpenRoot(string folder)
    {
        var root = OpenAt(CurrentFolder, folder, OnlyFolder, 0);
        return root >= 0 ? root : throw DiskProblem.OfLastCall(folder);
    }

    private static void LinkAll(StoredTree tree, string folder, int from, int to)
    {
        foreach (var path in tree.Index.Folders)
        {
            MakeFolder(to, path, folder);
        }

        var mustCopy = false;
        foreach (var file in tree.Index.Files)
        {
            if (mustCopy || !TryLink(from, to, file.Path, tree, ref mustCopy))
            {
                var path = Utf8Path.Text(file.Path);
                CopyOne(Path.Combine(tree.Folder, path), Path.Combine(folder, path), file.Kind);
            }
        }
    }

    /// <summary>False when this file must be copied: it has as many links as it can, or links are impossible here at all.</summary>
    private static bool TryLink(int from, int to, ReadOnlySpan<byte> path, StoredTree tree, ref bool mustCopy)
    {
        fixed (byte* name = path)
        {
            if (LinkAt(from, name, to, name, 0) == 0)
            {
                return true;
            }
        }

        var error = Marshal.GetLastPInvokeError();
        mustCopy = error is OtherDevice or NotPermitted or NotSupported or NotImplemented;
        return mustCopy || error == TooManyLinks
            ? false
            : throw DiskProblem.OfError(error, Path.Combine(tree.Folder, Utf8Path.Text(path)));
    }

    private static void CopyOne(string from, string to, FileKind kind)
    {
        try
        {
            CopyFile(from, to, kind);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            throw DiskProblem.Of(failure, to);
        }
    }

    private static void MakeFolder(int root, ReadOnlySpan<byte> path, string folder)
    {
        fixed (byte* name = path)
        {
            if (MakeFolderAt(root, name, FolderMode) != 0)
            {
                throw DiskProblem.OfLastCall(Path.Combine(folder, Utf8Path.Text(path)));
            }
        }
    }

    private sealed class Writer(string folder) : TreeWriter
    {
        private const uint PlainMode = 0x124; // 0444
        private const uint ExecutableMode = 0x16D; // 0555

        private readonly int _root = OpenRoot(folder);
        private int _file = -1;

        protected override void MakeFolder(string path, ReadOnlySpan<byte> utf8WithNul) =>
            LinuxTreeFiles.MakeFolder(_root, utf8WithNul, folder);

        protected override void Open(string path, FileKind kind)
        {
            fixed (byte* name = Utf8Path.WithNul(path, stackalloc byte[Utf8Path.BufferLength]))
            {
                var mode = kind == FileKind.Executable ? ExecutableMode : PlainMode;
                _file = OpenAt(_root, name, WriteOnly | Create | Exclusive | NoFollow, mode);
            }

            if (_file < 0)
            {
                throw DiskProblem.OfLastCall(Path.Combine(folder, path));
            }
        }

        protected override void Write(ReadOnlySpan<byte> piece)
        {
            fixed (byte* start = piece)
            {
                for (nint done = 0; done < piece.Length;)
                {
                    var written = LinuxCalls.Write(_file, start + done, piece.Length - done);
                    if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                    {
                        throw DiskProblem.OfLastCall(folder);
                    }

                    done += Math.Max(written, 0);
                }
            }
        }

        protected override long Close()
        {
            byte nothing = 0;
            if (Stat(_file, &nothing, EmptyPath, out var stat) != 0)
            {
                throw DiskProblem.OfLastCall(folder);
            }

            CloseFile();
            return stat.Modified;
        }

        protected override void Dispose(bool disposing)
        {
            CloseFile();
            _ = LinuxCalls.Close(_root);
        }

        private void CloseFile()
        {
            _ = _file < 0 ? 0 : LinuxCalls.Close(_file);
            _file = -1;
        }
    }
}
