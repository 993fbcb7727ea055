namespace Registry.Engine.Formats.Archives;

/// <summary>How a file in an archive is to be made: all that is kept of its permissions.</summary>
public enum FileKind
{
    Plain,
    Executable,
}

/// <summary>
/// Receives the content of an archive in its order. What has been received counts only once
/// <see cref="ArchiveReader.Read"/> has returned: the end of an archive may still show that it is damaged.
/// </summary>
public abstract class ArchiveSink
{
    /// <summary>A folder, once each and before anything in it. Paths are below the top folder, with `/`.</summary>
    public virtual void Folder(string path)
    {
    }

    public abstract void BeginFile(string path, long size, FileKind kind);

    /// <summary>The next bytes of the file; none for an empty file, mostly one piece for a small one.</summary>
    public abstract void Content(ReadOnlySpan<byte> piece);

    public abstract void EndFile();
}
