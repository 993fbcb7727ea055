using System.IO.Compression;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>Packing of the larger objects. What counts is the content: another build of the packer may make other bytes of it.</summary>
public static class FeedPack
{
    public static byte[] Pack(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <param name="bytesMax">Unpacking stops there: an object may be a bomb.</param>
    public static byte[] Unpack(ReadOnlyMemory<byte> packed, FeedObject described, long bytesMax, string what)
    {
        if (described.Packing == FeedPacking.None)
        {
            return packed.ToArray();
        }

        if (described.Unpacked > bytesMax)
        {
            throw TooLarge(what, bytesMax);
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
            var content = new byte[described.Unpacked];
            gzip.ReadExactly(content);
            return gzip.ReadByte() < 0 ? content : throw new InvalidDataException("longer than it says");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new Problem(
                ProblemCode.FeedMalformed, $"{what} is damaged", "run the command again; if it stays, tell whoever runs the registry").Raise(e);
        }
    }

    private static ProblemException TooLarge(string what, long bytesMax) => new Problem(
        ProblemCode.FeedMalformed, $"{what} is larger than {bytesMax} bytes", "tell whoever runs the registry").Raise();
}
