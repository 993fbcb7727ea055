using System.Text;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// Writes tar: plain ustar headers, everything that could differ between machines fixed (owner 0, no names, time 0).
/// A path that ustar cannot hold gets a pax header with nothing in it but the path.
/// </summary>
internal sealed class TarBlocks(Stream output)
{
    private const int NameLength = 100;
    private const int PrefixLength = 155;
    private const int EndBlocks = 2;

    private static readonly byte[] Zeros = new byte[TarHeader.Length];

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    public void Header(string path, long size, FileKind kind)
    {
        var name = Encoding.UTF8.GetBytes(path);
        var split = Split(name);
        if (split < 0)
        {
            var record = PathRecord(name);
            Block("pax/path"u8, [], record.Length, FileKind.Plain, TarHeader.Extension);
            Content(record);
            Pad();
            Block("pax/file"u8, [], size, kind, TarHeader.File);
            return;
        }

        Block(name.AsSpan(split == 0 ? 0 : split + 1), name.AsSpan(0, split), size, kind, TarHeader.File);
    }

    public void Content(ReadOnlySpan<byte> content)
    {
        output.Write(content);
        Length += content.Length;
    }

    /// <summary>Fills the last block of a file.</summary>
    public void Pad() => Content(Zeros.AsSpan(0, (int)(-Length & (TarHeader.Length - 1))));

    public void End()
    {
        for (var i = 0; i < EndBlocks; i++)
        {
            Content(Zeros);
        }
    }

    /// <summary>Where the `/` between prefix and name is: 0 when no prefix is needed, -1 when the path fits no way.</summary>
    private static int Split(ReadOnlySpan<byte> path)
    {
        if (path.Length <= NameLength)
        {
            return 0;
        }

        var slash = path[..Math.Min(path.Length, PrefixLength + 1)].LastIndexOf((byte)'/');
        return slash > 0 && path.Length - slash - 1 <= NameLength ? slash : -1;
    }

    private static byte[] PathRecord(ReadOnlySpan<byte> path)
    {
        // `LENGTH path=…\n`, where the length counts its own digits.
        var rest = " path=\n".Length + path.Length;
        var length = rest + 1;
        while (length != rest + length.ToString(System.Globalization.CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        return [.. Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{length} path=")), .. path, (byte)'\n'];
    }

    private void Block(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix, long size, FileKind kind, byte type)
    {
        Span<byte> block = stackalloc byte[TarHeader.Length];
        block.Clear();
        name.CopyTo(block);
        Octal(block.Slice(100, 8), kind == FileKind.Executable ? 0x1ED : 0x1A4);
        Octal(block.Slice(108, 8), 0);
        Octal(block.Slice(116, 8), 0);
        Octal(block.Slice(124, 12), size);
        Octal(block.Slice(136, 12), 0);
        block.Slice(148, 8).Fill((byte)' ');
        block[156] = type;
        "ustar\000"u8.CopyTo(block[257..]);
        Octal(block.Slice(329, 8), 0);
        Octal(block.Slice(337, 8), 0);
        prefix.CopyTo(block[345..]);
        Octal(block.Slice(148, 7), Sum(block));
        Content(block);
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        var sum = 0L;
        foreach (var value in block)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>Digits with leading zeros, and a NUL in the last place.</summary>
    private static void Octal(Span<byte> field, long value)
    {
        field[^1] = 0;
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3)
        {
            field[i] = (byte)('0' + (value & 7));
        }
    }
}
