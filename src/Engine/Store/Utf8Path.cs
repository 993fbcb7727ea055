using System.Text;

namespace Registry.Engine.Store;

/// <summary>Paths as system calls take them.</summary>
internal static class Utf8Path
{
    /// <summary>Enough for every path an archive may have, with its NUL.</summary>
    public const int BufferLength = 1024;

    /// <returns>The path in UTF-8 in front of a NUL that is not part of the span.</returns>
    public static Span<byte> WithNul(string path, Span<byte> buffer)
    {
        if (Encoding.UTF8.GetMaxByteCount(path.Length) >= buffer.Length)
        {
            buffer = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        }

        var length = Encoding.UTF8.GetBytes(path, buffer);
        buffer[length] = 0;
        return buffer[..length];
    }

    public static string Text(ReadOnlySpan<byte> path) => Encoding.UTF8.GetString(path);
}
