using System.Text;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>The text of one file of a package, as far as it is shown.</summary>
/// <param name="Path">In the package, with `/`.</param>
/// <param name="Text">As the package has it: not safe for a terminal. Empty when the file is not text.</param>
/// <param name="Bytes">Of the whole file.</param>
public sealed record PackageText(string Path, string Text, long Bytes, PackageTextForm Form)
{
    /// <summary>Bytes that are read of one file; the rest is left out.</summary>
    public const int BytesMax = 512 << 10;

    private const int LookBytes = 8 << 10;

    internal static PackageText Read(StoredTree tree, StoredFile file)
    {
        var bytes = new byte[Math.Min(file.Size, BytesMax)];
        using var handle = File.OpenHandle(System.IO.Path.Combine(tree.Folder, file.Path));
        var length = ReadFully(handle, bytes);
        var read = bytes.AsSpan(0, length);
        return read[..Math.Min(length, LookBytes)].Contains((byte)0)
            ? new(file.Path, "", file.Size, PackageTextForm.Binary)
            : new(file.Path, Decode(read), file.Size, file.Size > length ? PackageTextForm.Beginning : PackageTextForm.Whole);
    }

    private static int ReadFully(Microsoft.Win32.SafeHandles.SafeFileHandle handle, byte[] bytes)
    {
        var length = 0;
        for (int read; length < bytes.Length && (read = RandomAccess.Read(handle, bytes.AsSpan(length), length)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }
}

public enum PackageTextForm
{
    Whole,

    /// <summary>The file is longer than what is read.</summary>
    Beginning,
    Binary,
}
