using System.Security.Cryptography;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Archives;

/// <summary>Passes on what is written to it, counts and hashes it. Leaves the stream below open.</summary>
internal sealed class HashingStream(Stream below) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position
    {
        get => Written;
        set => throw new NotSupportedException();
    }

    /// <summary>Of everything written so far; only once.</summary>
    public ContentHash Hash() => ContentHash.FromDigest(_hash.GetHashAndReset());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        below.Write(buffer);
        _hash.AppendData(buffer);
        Written += buffer.Length;
    }

    public override void Flush() => below.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
