using Registry.Engine.Store;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Sources.Feeds;

/// <summary>
/// Copies of what feeds serve, under the user's cache folder; may be deleted at any time. Objects are shared by all
/// feeds and checked against their hash whenever they are read; a damaged one is as good as none.
/// </summary>
internal sealed class FeedCache(string folder)
{
    /// <summary>An object by hash; null when it is not here or damaged.</summary>
    public byte[]? Find(ContentHash hash)
    {
        var path = ObjectPath(hash);
        return TryRead(path) is { } bytes ? ContentHash.Of(bytes) == hash ? bytes : Discard(path) : null;
    }

    public void Keep(ContentHash hash, ReadOnlySpan<byte> bytes) => TryWrite(ObjectPath(hash), bytes);

    /// <summary>The unpacked form of a bundle: as long as it should be, or not there. Checked by hash when it was unpacked.</summary>
    public byte[]? FindUnpacked(ContentHash hash, long length)
    {
        var path = UnpackedPath(hash);
        return TryRead(path) is { } bytes ? bytes.Length == length ? bytes : Discard(path) : null;
    }

    public void KeepUnpacked(ContentHash hash, ReadOnlySpan<byte> bytes) => TryWrite(UnpackedPath(hash), bytes);

    public void DropUnpacked(ContentHash hash) => Discard(UnpackedPath(hash));

    /// <summary>A small file that belongs to one feed; null when it is not here.</summary>
    public byte[]? FindRef(string feed, string name) => TryRead(RefPath(feed, name));

    public void KeepRef(string feed, string name, ReadOnlySpan<byte> bytes) => TryWrite(RefPath(feed, name), bytes);

    /// <summary>The folder name of a feed: by address, so that two feeds never share refs.</summary>
    public static string KeyOf(string address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 10));

    private string ObjectPath(ContentHash hash) => Path.Combine(folder, "objects", hash.Hex[..2], hash.Hex);

    private string UnpackedPath(ContentHash hash) => Path.Combine(folder, "bundles", hash.Hex);

    private string RefPath(string feed, string name) => Path.Combine(folder, "feeds", feed, name);

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A cache that cannot be written costs speed, not the result.
    private static void TryWrite(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            AtomicFile.Write(path, bytes, Durability.Fast);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Read again next time.
        }
    }

    private static byte[]? Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It will be found damaged again.
        }

        return null;
    }
}
