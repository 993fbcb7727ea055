using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Store;

internal static class FileModes
{
    private const UnixFileMode ReadAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ExecuteAll = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>0755.</summary>
    public const UnixFileMode Folder = ReadAll | ExecuteAll | UnixFileMode.UserWrite;

    /// <summary>0444 or 0555: a hard link in a project must not let an editor change the store.</summary>
    public static UnixFileMode ReadOnly(FileKind kind) => kind == FileKind.Executable ? ReadAll | ExecuteAll : ReadAll;

    /// <summary>0644 or 0755.</summary>
    public static UnixFileMode Writable(FileKind kind) => ReadOnly(kind) | UnixFileMode.UserWrite;
}
