using System.Buffers;
using System.IO.Compression;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// The decompressed bytes of a gzip file through one window of fixed size. Counts them against the budgets as they
/// come and checks the frame at the end, which the library's own gzip reader does not: that there is exactly one
/// member, nothing after it, and that checksum and length agree.
/// </summary>
internal sealed class InflatedBytes : IDisposable
{
    /// <summary>The most that is sure to fit into the window at once.</summary>
    public const int PieceMax = 256 << 10;

    private readonly GzipFrame _frame;
    private readonly ArchiveRules _rules;
    private readonly long _compressed;
    private readonly FencedStream _input;
    private readonly DeflateStream _inflater;
    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(PieceMax);
    private int _start;
    private int _end;
    private uint _checksum;
    private bool _ended;

    public InflatedBytes(ReadOnlyMemory<byte> archive, ArchiveRules rules)
    {
        _rules = rules;
        _compressed = archive.Length;
        _frame = GzipFrame.Read(archive.Span);
        _input = new FencedStream(archive.Slice(_frame.DataStart, _frame.DataLength));
        _inflater = new DeflateStream(_input, CompressionMode.Decompress);
    }

    /// <summary>Decompressed so far, including what is still in the window.</summary>
    public long Produced { get; private set; }

    public ReadOnlySpan<byte> Available => _window.AsSpan(_start.._end);

    public void Advance(int count) => _start += count;

    /// <summary>Makes that many bytes available in one piece, or as many as are left.</summary>
    /// <returns>Whether there are as many.</returns>
    public bool Fill(int count)
    {
        while (_end - _start < count && !_ended)
        {
            MakeRoom(count);
            var budget = _rules.UnpackedMax + 1 - Produced;
            var read = Inflate(_window.AsSpan(_end, (int)Math.Min(_window.Length - _end, budget)));
            _checksum = Crc32.Append(_checksum, _window.AsSpan(_end, read));
            _end += read;
            Produced += read;
            if (read == 0)
            {
                CheckFrame();
            }

            CheckBudgets();
        }

        return _end - _start >= count;
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _input.Dispose();
        ArrayPool<byte>.Shared.Return(_window);
    }

    private void MakeRoom(int count)
    {
        if (_start + count > _window.Length || _start == _end)
        {
            Available.CopyTo(_window);
            (_start, _end) = (0, _end - _start);
        }
    }

    private int Inflate(Span<byte> target)
    {
        try
        {
            return _inflater.Read(target);
        }
        catch (InvalidDataException damaged)
        {
            throw ArchiveReason.Corrupt.Raise("has damaged compressed data", null, Produced, damaged);
        }
    }

    private void CheckFrame()
    {
        _ended = true;
        if (_input.Left > 0)
        {
            throw ArchiveReason.TrailingData.Raise("goes on after its compressed data", null, Produced);
        }

        if (_checksum != _frame.Checksum || (uint)Produced != _frame.Length)
        {
            throw ArchiveReason.Corrupt.Raise("does not have the content its checksum says", null, Produced);
        }
    }

    private void CheckBudgets()
    {
        if (Produced > _rules.UnpackedMax)
        {
            throw ArchiveReason.TooLarge.Raise($"unpacks to more than {_rules.UnpackedMax} bytes", null, Produced);
        }

        if (Produced > _rules.RatioFrom && Produced / _rules.RatioMax > _compressed)
        {
            throw ArchiveReason.Ratio.Raise($"unpacks to more than {_rules.RatioMax} times its size", null, Produced);
        }
    }

    /// <summary>
    /// Hands out its last byte alone. The inflater reads ahead in blocks and does not say how far it really came; but
    /// it asks for the last byte only when it needs it, so that byte left over means that something follows the data.
    /// </summary>
    private sealed class FencedStream(ReadOnlyMemory<byte> content) : Stream
    {
        private int _at;

        public int Left => content.Length - _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, Left > 1 ? Left - 1 : Left);
            content.Span.Slice(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
