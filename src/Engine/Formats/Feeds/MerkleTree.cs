using System.Security.Cryptography;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// The Merkle tree of RFC 6962 over the lines of a journal. A full segment is a complete subtree, so the root of the
/// whole is the root over the roots of the segments.
/// </summary>
public static class MerkleTree
{
    /// <summary>Journal entries in a full segment; a power of two.</summary>
    public const int SegmentEntries = 256;

    /// <summary>Of no entries: the hash of nothing.</summary>
    public static ContentHash EmptyRoot { get; } = ContentHash.Of([]);

    /// <param name="line">An entry without its line end.</param>
    public static ContentHash Leaf(ReadOnlySpan<byte> line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(line);
        return ContentHash.FromDigest(hash.GetHashAndReset());
    }

    /// <summary>The root over leaf hashes, or over the roots of equally large complete subtrees (the last may be smaller).</summary>
    public static ContentHash Root(IReadOnlyList<ContentHash> nodes) => nodes.Count == 0 ? EmptyRoot : Root(nodes, 0, nodes.Count);

    private static ContentHash Root(IReadOnlyList<ContentHash> nodes, int from, int to)
    {
        if (to - from == 1)
        {
            return nodes[from];
        }

        var left = 1;
        while (left * 2 < to - from)
        {
            left *= 2;
        }

        return Node(Root(nodes, from, from + left), Root(nodes, from + left, to));
    }

    private static ContentHash Node(ContentHash left, ContentHash right)
    {
        Span<byte> bytes = stackalloc byte[65];
        bytes[0] = 1;
        Convert.FromHexString(left.Hex).CopyTo(bytes[1..]);
        Convert.FromHexString(right.Hex).CopyTo(bytes[33..]);
        return ContentHash.FromDigest(SHA256.HashData(bytes));
    }
}
