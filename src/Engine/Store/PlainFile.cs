namespace Registry.Engine.Store;

/// <summary>
/// Reads files that may be anything: a project of a stranger can have a pipe or an endless device where a manifest is
/// expected, and opening the one or reading the other never ends.
/// </summary>
internal static class PlainFile
{
    /// <returns>Null when the file is longer than the bound.</returns>
    /// <exception cref="IOException">Also when it is no ordinary file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? Read(string path, int bytesMax)
    {
        if (!IsOrdinary(path))
        {
            throw new IOException("it is no ordinary file");
        }

        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        if (length > bytesMax)
        {
            return null;
        }

        var bytes = new byte[length];
        var filled = 0;
        for (var read = 1; read > 0 && filled < bytes.Length; filled += read)
        {
            read = RandomAccess.Read(file, bytes.AsSpan(filled), filled);
        }

        return filled == bytes.Length ? bytes : bytes[..filled];
    }

    /// <summary>What is not there is left to the opening, which says so.</summary>
    public static unsafe bool IsOrdinary(string path)
    {
        if (!LinuxCalls.AreUsable)
        {
            return !Directory.Exists(path);
        }

        fixed (byte* name = Utf8Path.WithNul(path, stackalloc byte[Utf8Path.BufferLength]))
        {
            return LinuxCalls.Stat(LinuxCalls.CurrentFolder, name, 0, out var stat) != 0 || stat.IsRegular;
        }
    }
}
