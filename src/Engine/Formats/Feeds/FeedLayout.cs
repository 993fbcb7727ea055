using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>Which file of a feed is where (docs/formats/feed.md). All paths are relative, with `/`, in one letter case.</summary>
public static class FeedLayout
{
    public const string Description = "registry.json";

    /// <summary>The one ref that everything hangs on; written last.</summary>
    public const string Timestamp = "timestamp.note";

    /// <summary>Roots of the full journal segments, one line each, so that adding an entry reads one segment only.</summary>
    public const string JournalRoots = "journal/roots";

    public const string DefaultObjectsBase = "objects/{algo}/{ab}/{hash}";

    public const string ObjectsFolder = "objects/sha256";

    public const string IndexFolder = "index";

    public const string JournalFolder = "journal";

    /// <summary>The objects are spread over 1, 16, 256 or 4,096 bins by this many leading hexadecimal digits.</summary>
    public static int BinDigits(int bins) => bins switch
    {
        1 => 0,
        16 => 1,
        256 => 2,
        4096 => 3,
        _ => -1,
    };

    /// <summary>Bins for a number of names: some hundred lines in each.</summary>
    public static int BinsFor(int names) => names switch
    {
        <= 256 => 1,
        <= 8_192 => 16,
        <= 131_072 => 256,
        _ => 4_096,
    };

    /// <summary>The bin a name belongs to: the leading digits of the SHA-256 of its normal form.</summary>
    public static int BinOf(PackageName name, int bins)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.ASCII.GetBytes(name.Normal), digest);
        return ((digest[0] << 4) | (digest[1] >> 4)) >> (12 - (4 * BinDigits(bins)));
    }

    public static string Object(ContentHash hash) => $"{ObjectsFolder}/{hash.Hex[..2]}/{hash.Hex}";

    /// <summary>An object's place by the feed's own template, as in `objects/{algo}/{ab}/{hash}`.</summary>
    public static string Object(string template, ContentHash hash) =>
        template == DefaultObjectsBase
            ? Object(hash)
            : template.Replace("{algo}", "sha256", StringComparison.Ordinal)
                .Replace("{ab}", hash.Hex[..2], StringComparison.Ordinal)
                .Replace("{hash}", hash.Hex, StringComparison.Ordinal);

    public static string IndexCopy(PackageName name) => $"{IndexFolder}/{name.Normal}.jsonl";

    public static string JournalSegment(long segment) => $"{JournalFolder}/{segment:D6}.jsonl";
}
