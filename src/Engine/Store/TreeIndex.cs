using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Store;

/// <summary>One file as the index has it.</summary>
/// <param name="Modified">Nanoseconds since 1970, as the file system gave it.</param>
internal readonly ref struct IndexedFile(ReadOnlySpan<byte> path, long size, long modified, uint checksum, FileKind kind)
{
    /// <summary>UTF-8, with a NUL after its end that is not part of the span.</summary>
    public ReadOnlySpan<byte> Path { get; } = path;

    public long Size { get; } = size;

    public long Modified { get; } = modified;

    public uint Checksum { get; } = checksum;

    public FileKind Kind { get; } = kind;
}

/// <summary>
/// The folders and files of one tree as kept beside them (docs/formats/store.md). Stays in its bytes: paths end in
/// NUL, so that they go to system calls from where they are.
/// </summary>
internal sealed class TreeIndex
{
    public const int HeaderLength = 24;
    public const int LengthMax = 32 << 20;

    private const int FolderPrefixLength = 2;
    private const int FilePrefixLength = 24;
    private const int TrailerLength = 4;

    private readonly byte[] _content;
    private readonly int _filesStart;

    private TreeIndex(byte[] content, int filesStart) => (_content, _filesStart) = (content, filesStart);

    public static ReadOnlySpan<byte> Magic => "cairntr1"u8;

    public ReadOnlySpan<byte> Content => _content;

    public int FolderCount => BinaryPrimitives.ReadInt32LittleEndian(_content.AsSpan(8));

    public int FileCount => BinaryPrimitives.ReadInt32LittleEndian(_content.AsSpan(12));

    public long Bytes => BinaryPrimitives.ReadInt64LittleEndian(_content.AsSpan(16));

    public FolderList Folders => new(_content, HeaderLength, FolderCount);

    public FileList Files => new(_content, _filesStart, FileCount);

    /// <summary>The folder that everything in the archive was in, `name-version`; empty when the tree came from no archive.</summary>
    public string TopFolder
    {
        get
        {
            var files = Files;
            while (files.MoveNext())
            {
            }

            var rest = _content.AsSpan(files.At, _content.Length - TrailerLength - files.At);
            return Encoding.UTF8.GetString(rest);
        }
    }

    /// <returns>Null when the bytes are not a whole, undamaged index.</returns>
    public static TreeIndex? Read(byte[] content)
    {
        if (content.Length < HeaderLength + TrailerLength || !content.AsSpan().StartsWith(Magic))
        {
            return null;
        }

        var body = content.AsSpan(0, content.Length - TrailerLength);
        if (Crc32.Of(body) != BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(body.Length)))
        {
            return null;
        }

        var at = HeaderLength;
        var folders = new FolderList(content, at, BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(8)));
        while (folders.MoveNext())
        {
        }

        return new(content, folders.At);
    }

    /// <summary>Number of files and bytes, from the first <see cref="HeaderLength"/> bytes alone.</summary>
    public static (int Files, long Bytes)? ReadTotals(ReadOnlySpan<byte> header) =>
        header.Length >= HeaderLength && header.StartsWith(Magic)
            ? (BinaryPrimitives.ReadInt32LittleEndian(header[12..]), BinaryPrimitives.ReadInt64LittleEndian(header[16..]))
            : null;

    public IEnumerable<StoredFile> ListFiles()
    {
        var files = new List<StoredFile>(FileCount);
        foreach (var file in Files)
        {
            files.Add(new(Encoding.UTF8.GetString(file.Path), file.Size, file.Kind, file.Checksum));
        }

        return files;
    }

    public bool HasFile(string path)
    {
        var wanted = Encoding.UTF8.GetBytes(path);
        foreach (var file in Files)
        {
            if (file.Path.SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Folders, parents first; each is its path with a NUL after it.</summary>
    public ref struct FolderList(byte[] content, int start, int count)
    {
        private int _left = count;

        public int At { get; private set; } = start;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly FolderList GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left-- <= 0)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(At));
            Current = content.AsSpan(At + FolderPrefixLength, length);
            At += FolderPrefixLength + length + 1;
            return true;
        }
    }

    public ref struct FileList(byte[] content, int start, int count)
    {
        private int _at = start;
        private int _left = count;

        public readonly int At => _at;

        public IndexedFile Current { get; private set; }

        public readonly FileList GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left-- <= 0)
            {
                return false;
            }

            var entry = content.AsSpan(_at);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[20..]);
            Current = new(
                entry.Slice(FilePrefixLength, length),
                BinaryPrimitives.ReadInt64LittleEndian(entry),
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]),
                (FileKind)entry[22]);
            _at += FilePrefixLength + length + 1;
            return true;
        }
    }

    /// <summary>Collects the entries of a tree while it is written.</summary>
    public sealed class Builder
    {
        private readonly ArrayBufferWriter<byte> _folders = new();
        private readonly ArrayBufferWriter<byte> _files = new();
        private int _folderCount;
        private int _fileCount;
        private long _bytes;

        public void AddFolder(ReadOnlySpan<byte> path)
        {
            Span<byte> prefix = stackalloc byte[FolderPrefixLength];
            BinaryPrimitives.WriteUInt16LittleEndian(prefix, (ushort)path.Length);
            Append(_folders, prefix, path);
            _folderCount++;
        }

        public void AddFile(in IndexedFile file)
        {
            Span<byte> prefix = stackalloc byte[FilePrefixLength];
            BinaryPrimitives.WriteInt64LittleEndian(prefix, file.Size);
            BinaryPrimitives.WriteInt64LittleEndian(prefix[8..], file.Modified);
            BinaryPrimitives.WriteUInt32LittleEndian(prefix[16..], file.Checksum);
            BinaryPrimitives.WriteUInt16LittleEndian(prefix[20..], (ushort)file.Path.Length);
            prefix[22] = (byte)file.Kind;
            prefix[23] = 0;
            Append(_files, prefix, file.Path);
            _fileCount++;
            _bytes += file.Size;
        }

        public TreeIndex Build(string topFolder)
        {
            var top = Encoding.UTF8.GetBytes(topFolder);
            var content = new byte[HeaderLength + _folders.WrittenCount + _files.WrittenCount + top.Length + TrailerLength];
            Magic.CopyTo(content);
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), _folderCount);
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(12), _fileCount);
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(16), _bytes);
            _folders.WrittenSpan.CopyTo(content.AsSpan(HeaderLength));
            var filesStart = HeaderLength + _folders.WrittenCount;
            _files.WrittenSpan.CopyTo(content.AsSpan(filesStart));
            top.CopyTo(content.AsSpan(filesStart + _files.WrittenCount));
            var body = content.AsSpan(0, content.Length - TrailerLength);
            BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(body.Length), Crc32.Of(body));
            return new(content, filesStart);
        }

        private static void Append(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> path)
        {
            target.Write(prefix);
            target.Write(path);
            target.GetSpan(1)[0] = 0;
            target.Advance(1);
        }
    }
}
