using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Registry.Engine.Tests.Formats.Archives;

/// <summary>Writes tar files with anything in them, right or wrong.</summary>
internal sealed class HostileTar
{
    private readonly ArrayBufferWriter<byte> _tar = new();

    public static HostileTar New() => new();

    /// <summary>An ordinary file in the folder `p`.</summary>
    public HostileTar Good(string name = "cairn.toml", string content = "x") => Entry($"p/{name}", content);

    public HostileTar Entry(
        string name, string content = "", char type = '0', string? size = null, string mode = "0000644", string mtime = "00000000000",
        string uid = "0000000", string link = "", Action<byte[]>? change = null) =>
        Entry(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content), type, size, mode, mtime, uid, link, change);

    public HostileTar Entry(
        byte[] name, byte[] content, char type = '0', string? size = null, string mode = "0000644", string mtime = "00000000000",
        string uid = "0000000", string link = "", Action<byte[]>? change = null)
    {
        if (name.Length > 100)
        {
            Pax(("path", Encoding.UTF8.GetString(name)));
            name = name[..100];
        }

        var block = new byte[512];
        name.CopyTo(block, 0);
        Put(block, 100, mode);
        Put(block, 108, uid);
        Put(block, 116, uid);
        Put(block, 124, size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0'));
        Put(block, 136, mtime);
        block[156] = (byte)type;
        Put(block, 157, link);
        Put(block, 257, "ustar\0" + "00");
        change?.Invoke(block);
        Seal(block);
        _tar.Write(block);
        return Content(content);
    }

    /// <summary>A pax header for the next entry.</summary>
    public HostileTar Pax(params (string Key, string Value)[] records) =>
        Entry(Encoding.UTF8.GetBytes("p/pax"), Records(records), 'x');

    public static byte[] Records(params (string Key, string Value)[] records) => [.. records.SelectMany(record =>
    {
        var body = $" {record.Key}={record.Value}\n";
        var bytes = Encoding.UTF8.GetByteCount(body);
        var length = bytes + 1;
        while (length != bytes + length.ToString().Length)
        {
            length++;
        }

        return Encoding.UTF8.GetBytes(length + body);
    })];

    public HostileTar Content(byte[] content)
    {
        _tar.Write(content);
        _tar.Write(new byte[-content.Length & 511]);
        return this;
    }

    public HostileTar Raw(byte[] bytes)
    {
        _tar.Write(bytes);
        return this;
    }

    public HostileTar End() => Raw(new byte[1024]);

    public byte[] Tar() => _tar.WrittenSpan.ToArray();

    /// <summary>With its end blocks, compressed.</summary>
    public byte[] Gz() => Gzip(End().Tar());

    /// <summary>As it is, compressed.</summary>
    public byte[] GzWithoutEnd() => Gzip(Tar());

    public static byte[] Gzip(byte[] content)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    public static byte[] WithTrailer(byte[] gzip, int offsetFromEnd)
    {
        var changed = gzip.ToArray();
        changed[^offsetFromEnd] ^= 0x40;
        return changed;
    }

    /// <summary>Zeros, so many that memory would not hold them, as a gzip file with the right trailer.</summary>
    public static byte[] Bomb(long zeros, byte[] start)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(start);
            var block = new byte[1 << 20];
            for (var left = zeros; left > 0; left -= block.Length)
            {
                gzip.Write(block, 0, (int)Math.Min(left, block.Length));
            }
        }

        return output.ToArray();
    }

    /// <summary>Writes the checksum of a header.</summary>
    public static void Seal(Span<byte> block)
    {
        block.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in block)
        {
            sum += value;
        }

        Put(block, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
    }

    private static void Put(Span<byte> block, int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(block[at..]);
}
