using System.Buffers.Binary;
using System.IO.Compression;
using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Formats.Osv;

/// <summary>
/// Unpacks a gzip file of one member and compares its checksum and length at the end. The library's own reader takes a
/// file that was cut short for a shorter one, and advisories that are not there would look like packages without any.
/// </summary>
internal sealed class GzipInput(Stream packed) : IDisposable
{
    private const int TrailerLength = 8;

    private readonly GZipStream _unpacked = new(packed, CompressionMode.Decompress, leaveOpen: true);
    private uint _checksum;
    private uint _length;

    /// <summary>As <see cref="Stream.Read(Span{byte})"/>; an <see cref="InvalidDataException"/> at the end when something is missing.</summary>
    public int Read(Span<byte> buffer)
    {
        var read = _unpacked.Read(buffer);
        _checksum = Crc32.Append(_checksum, buffer[..read]);
        _length += (uint)read;
        if (read == 0)
        {
            CheckTrailer();
        }

        return read;
    }

    public void Dispose() => _unpacked.Dispose();

    private void CheckTrailer()
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (packed.Length < TrailerLength)
        {
            throw new InvalidDataException("shorter than a gzip file can be");
        }

        packed.Position = packed.Length - TrailerLength;
        packed.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _checksum || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
        {
            throw new InvalidDataException("not what was packed");
        }
    }
}
