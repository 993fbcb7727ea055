using System.Buffers.Binary;
using System.Text;

namespace Registry.Engine.Workspace;

/// <summary>
/// Tells that nothing is to be installed, by comparing bytes with what was there after the last install. Called before
/// anything else of the program is loaded, so it uses little: no parsing of formats, no hashing, no statics with content.
/// The file (docs/formats/project-state.md) is read by this class alone.
/// </summary>
/// <remarks>
/// Numbers are little-endian 32-bit except times. Layout: magic; count of packages; selection; count of files, each path and content
/// (length -1: there is no such file); count of folders, each path and time of last change (64-bit ticks). Texts are
/// a length and UTF-8. Paths are relative to the project root, with `/`.
/// </remarks>
public static class InstallStamp
{
    public const string FileName = "stamp";

    private const int SizeMax = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "cairn stamp 1\n"u8;

    /// <summary>Whether the project in or above a folder is installed as its files ask, and nothing was left half done.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="selection">Which part was to be installed: empty for what a plain `cairn install` does.</param>
    public static bool IsCurrent(string folder, string selection) => CountCurrent(folder, selection) >= 0;

    /// <summary>The same, with how many packages are installed; -1 when it is not current.</summary>
    /// <remarks>What cannot be read is not current: the ordinary path says what is wrong with it.</remarks>
    public static int CountCurrent(string folder, string selection)
    {
        try
        {
            return Count(folder, selection);
        }
        catch (IOException)
        {
            return -1;
        }
        catch (UnauthorizedAccessException)
        {
            return -1;
        }
    }

    private static int Count(string folder, string selection)
    {
        string? nearest = null;
        for (var at = Path.TrimEndingDirectorySeparator(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (nearest is null && (File.Exists(Path.Combine(at, "cairn.toml")) || File.Exists(Path.Combine(at, "gal.toml"))))
            {
                nearest = at;
            }

            var state = Path.Combine(at, StateFolder.Name);
            if (File.Exists(Path.Combine(state, FileName)))
            {
                return nearest is null || File.Exists(Path.Combine(state, "journal"))
                    ? -1
                    : Match(at, nearest, selection, ReadStamp(Path.Combine(state, FileName)));
            }
        }

        return -1;
    }

    /// <summary>The stamp's bytes for a project as it is now.</summary>
    internal static byte[] Make(string root, int packages, string selection, IEnumerable<string> files, IEnumerable<string> folders)
    {
        using var stamp = new MemoryStream();
        stamp.Write(Magic);
        WriteNumber(stamp, packages);
        WriteText(stamp, Encoding.UTF8.GetBytes(selection));
        var paths = files.ToList();
        WriteNumber(stamp, paths.Count);
        foreach (var path in paths)
        {
            WriteText(stamp, Encoding.UTF8.GetBytes(path));
            WriteText(stamp, File.Exists(Path.Combine(root, path)) ? File.ReadAllBytes(Path.Combine(root, path)) : null);
        }

        paths = [.. folders];
        WriteNumber(stamp, paths.Count);
        Span<byte> time = stackalloc byte[sizeof(long)];
        foreach (var path in paths)
        {
            WriteText(stamp, Encoding.UTF8.GetBytes(path));
            BinaryPrimitives.WriteInt64LittleEndian(time, TimeOf(Path.Combine(root, path)));
            stamp.Write(time);
        }

        return stamp.ToArray();
    }

    private static byte[] ReadStamp(string file) => new FileInfo(file).Length < SizeMax ? File.ReadAllBytes(file) : [];

    private static int Match(string root, string nearest, string selection, ReadOnlySpan<byte> stamp)
    {
        if (!stamp.StartsWith(Magic))
        {
            return -1;
        }

        stamp = stamp[Magic.Length..];
        return TakeNumber(ref stamp, out var packages) && TakeText(ref stamp, out var recorded)
            && Encoding.UTF8.GetString(recorded) == selection && FilesMatch(root, nearest, ref stamp) && FoldersMatch(root, stamp)
            ? packages
            : -1;
    }

    private static bool FilesMatch(string root, string nearest, ref ReadOnlySpan<byte> stamp)
    {
        if (!TakeNumber(ref stamp, out var count))
        {
            return false;
        }

        var holdsNearest = nearest.Length == root.Length;
        for (; count > 0; count--)
        {
            if (!TakeText(ref stamp, out var name) || !TakeNumber(ref stamp, out var length) || length > stamp.Length)
            {
                return false;
            }

            var path = Path.Combine(root, Encoding.UTF8.GetString(name));
            if (!IsSame(path, length, length < 0 ? default : stamp[..length]))
            {
                return false;
            }

            holdsNearest |= Path.GetDirectoryName(path) == nearest;
            stamp = stamp[Math.Max(0, length)..];
        }

        return holdsNearest;
    }

    private static bool FoldersMatch(string root, ReadOnlySpan<byte> stamp)
    {
        if (!TakeNumber(ref stamp, out var count))
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!TakeText(ref stamp, out var name) || stamp.Length < sizeof(long)
                || TimeOf(Path.Combine(root, Encoding.UTF8.GetString(name))) != BinaryPrimitives.ReadInt64LittleEndian(stamp))
            {
                return false;
            }

            stamp = stamp[sizeof(long)..];
        }

        return stamp.IsEmpty;
    }

    private static bool IsSame(string path, int length, ReadOnlySpan<byte> content)
    {
        if (!File.Exists(path))
        {
            return length < 0;
        }

        // Something else than before may stand there by now, a pipe or an endless device among them: those have no length.
        return length >= 0 && LengthOf(path) == length && (length == 0 || content.SequenceEqual(File.ReadAllBytes(path)));
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return (file.Attributes & FileAttributes.ReparsePoint) == 0 ? file.Length
            : file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : -1;
    }

    /// <summary>Of a folder that is not there it is a fixed time long ago, which no stamp has for a folder that was.</summary>
    private static long TimeOf(string folder) => Directory.GetLastWriteTimeUtc(folder).Ticks;

    private static bool TakeNumber(ref ReadOnlySpan<byte> bytes, out int number)
    {
        number = 0;
        if (bytes.Length < sizeof(int))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[sizeof(int)..];
        return true;
    }

    private static bool TakeText(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TakeNumber(ref bytes, out var length) || length < 0 || length > bytes.Length)
        {
            return false;
        }

        text = bytes[..length];
        bytes = bytes[length..];
        return true;
    }

    private static void WriteNumber(MemoryStream stamp, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stamp.Write(bytes);
    }

    private static void WriteText(MemoryStream stamp, byte[]? text)
    {
        WriteNumber(stamp, text?.Length ?? -1);
        stamp.Write(text);
    }
}
