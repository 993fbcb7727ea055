using System.Buffers.Binary;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// Where the deflate data of a gzip file is and what its trailer says. The file is taken to be one member whose
/// trailer is its last 8 bytes; the reader proves that by inflating exactly what lies between.
/// </summary>
/// <param name="DataStart">First byte of the deflate data.</param>
/// <param name="Checksum">CRC-32 of the inflated bytes.</param>
/// <param name="Length">Number of the inflated bytes, modulo 2^32.</param>
internal readonly record struct GzipFrame(int DataStart, int DataLength, uint Checksum, uint Length)
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const byte Deflate = 8;

    private const byte HasHeaderChecksum = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private const byte Reserved = 0xE0;

    public static GzipFrame Read(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw ArchiveReason.Corrupt.Raise("is empty");
        }

        if (file is not [0x1F, 0x8B, ..])
        {
            throw ArchiveReason.Type.Raise("is not a gzip file");
        }

        if (file.Length < HeaderLength + TrailerLength || file[2] != Deflate || (file[3] & Reserved) != 0)
        {
            throw BadHeader();
        }

        var start = SkipHeader(file);
        var length = file.Length - TrailerLength - start;
        var trailer = file[^TrailerLength..];
        return length > 0
            ? new(start, length, BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]))
            : throw BadHeader();
    }

    private static int SkipHeader(ReadOnlySpan<byte> file)
    {
        var flags = file[3];
        var at = HeaderLength;
        if ((flags & HasExtra) != 0)
        {
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);
        }

        at = (flags & HasName) != 0 ? SkipText(file, at) : at;
        at = (flags & HasComment) != 0 ? SkipText(file, at) : at;
        if ((flags & HasHeaderChecksum) == 0)
        {
            return at;
        }

        return at + 2 <= file.Length && BinaryPrimitives.ReadUInt16LittleEndian(file[at..]) == (ushort)Crc32.Of(file[..at])
            ? at + 2
            : throw BadHeader();
    }

    private static int SkipText(ReadOnlySpan<byte> file, int at)
    {
        var end = at < file.Length ? file[at..].IndexOf((byte)0) : -1;
        return end >= 0 ? at + end + 1 : throw BadHeader();
    }

    private static Exception BadHeader() => ArchiveReason.Corrupt.Raise("has a damaged gzip header");
}
