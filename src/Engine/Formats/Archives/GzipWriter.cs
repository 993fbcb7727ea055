using System.Buffers.Binary;
using System.IO.Compression;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// A gzip file without name, time and system, which the framework's own would set differently on Windows. Content goes
/// to the compressor in blocks of one size, however it comes, because their borders show in what comes out.
/// </summary>
internal sealed class GzipWriter : Stream
{
    private const int BlockLength = 64 << 10;

    private static readonly byte[] Header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    private readonly Stream _output;
    private readonly DeflateStream _deflate;
    private readonly byte[] _block = new byte[BlockLength];
    private int _filled;
    private uint _checksum;
    private long _length;

    public GzipWriter(Stream output)
    {
        _output = output;
        output.Write(Header);
        _deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _checksum = Crc32.Append(_checksum, buffer);
        _length += buffer.Length;
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, BlockLength - _filled);
            buffer[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == BlockLength)
            {
                Compress();
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Compress();
            _deflate.Dispose();
            Span<byte> trailer = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)_length);
            _output.Write(trailer);
        }

        base.Dispose(disposing);
    }

    private void Compress()
    {
        _deflate.Write(_block, 0, _filled);
        _filled = 0;
    }
}
