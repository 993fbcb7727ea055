namespace Registry.Engine.Formats.Archives;

/// <summary>A file that goes into an archive.</summary>
public sealed class ArchiveInput
{
    private readonly Func<Stream> _open;

    private ArchiveInput(string path, FileKind kind, Func<Stream> open) => (Path, Kind, _open) = (path, kind, open);

    /// <summary>Below the top folder, with `/`.</summary>
    public string Path { get; }

    public FileKind Kind { get; }

    /// <summary>
    /// A file on disk, read when the archive is written. Opening a named pipe would wait for a writer; like every empty file
    /// it has no length, and neither is opened.
    /// </summary>
    public static ArchiveInput FromFile(string path, string file, FileKind kind = FileKind.Plain) =>
        new(path, kind, () => new FileInfo(file) is { Exists: true, Length: 0 } ? Stream.Null : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));

    public static ArchiveInput FromBytes(string path, byte[] content, FileKind kind = FileKind.Plain) =>
        new(path, kind, () => new MemoryStream(content, writable: false));

    /// <summary>The content, with its length.</summary>
    internal Stream Open() => _open();
}
