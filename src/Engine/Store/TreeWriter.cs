using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Store;

/// <summary>Puts the content of an archive into a folder and remembers what it put there.</summary>
internal abstract class TreeWriter : ArchiveSink, IDisposable
{
    private readonly TreeIndex.Builder _index = new();
    private string _path = "";
    private FileKind _kind;
    private long _size;
    private uint _checksum;

    /// <summary>Of the archive that is written; empty when it is none.</summary>
    public string TopFolder { get; set; } = "";

    /// <summary>Of all that was written so far.</summary>
    public TreeIndex BuildIndex() => _index.Build(TopFolder);

    public sealed override void Folder(string path)
    {
        var utf8 = Utf8Path.WithNul(path, stackalloc byte[Utf8Path.BufferLength]);
        MakeFolder(path, utf8);
        _index.AddFolder(utf8);
    }

    public sealed override void BeginFile(string path, long size, FileKind kind)
    {
        (_path, _kind, _size, _checksum) = (path, kind, 0, 0);
        Open(path, kind);
    }

    public sealed override void Content(ReadOnlySpan<byte> piece)
    {
        _checksum = Crc32.Append(_checksum, piece);
        _size += piece.Length;
        Write(piece);
    }

    public sealed override void EndFile()
    {
        var modified = Close();
        var utf8 = Utf8Path.WithNul(_path, stackalloc byte[Utf8Path.BufferLength]);
        _index.AddFile(new(utf8, _size, modified, _checksum, _kind));
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void MakeFolder(string path, ReadOnlySpan<byte> utf8WithNul);

    protected abstract void Open(string path, FileKind kind);

    protected abstract void Write(ReadOnlySpan<byte> piece);

    /// <returns>When the file was last changed: nanoseconds since 1970 as the file system keeps it.</returns>
    protected abstract long Close();

    protected abstract void Dispose(bool disposing);
}
