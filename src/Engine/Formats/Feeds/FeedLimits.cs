namespace Registry.Engine.Formats.Feeds;

/// <summary>How much of a feed is believed. Everything a feed serves is hostile until it has passed one of these.</summary>
public static class FeedLimits
{
    /// <summary>Bytes of `registry.json`.</summary>
    public const int DescriptionBytesMax = 64 * 1024;

    /// <summary>Bytes of `timestamp.note`, signatures included.</summary>
    public const int TimestampBytesMax = 16 * 1024;

    /// <summary>Bytes of a snapshot: 4,096 bins and some named objects.</summary>
    public const int SnapshotBytesMax = 512 * 1024;

    /// <summary>Bytes of one bin.</summary>
    public const int BinBytesMax = 4 * 1024 * 1024;

    /// <summary>Bytes of one index document.</summary>
    public const int IndexBytesMax = 8 * 1024 * 1024;

    /// <summary>Bytes of one line of an index document.</summary>
    public const int LineBytesMax = 4 * 1024 * 1024;

    /// <summary>Unpacked bytes of the names list.</summary>
    public const int NamesBytesMax = 64 * 1024 * 1024;

    /// <summary>Unpacked bytes of the bundle of index documents.</summary>
    public const int BundleBytesMax = 64 * 1024 * 1024;

    /// <summary>Unpacked bytes up to which a writer makes a bundle at all.</summary>
    public const int BundleBytesWorthwhile = 4 * 1024 * 1024;

    /// <summary>Unpacked bytes of the advisories.</summary>
    public const int AdvisoriesBytesMax = 128 * 1024 * 1024;

    /// <summary>Bytes of one journal segment.</summary>
    public const int SegmentBytesMax = 4 * 1024 * 1024;

    /// <summary>Bytes of an archive where the feed does not say.</summary>
    public const long ArchiveBytesMax = 20 * 1024 * 1024;

    public const int JsonDepthMax = 64;

    public const int DependenciesMax = 2_000;

    public const int FeaturesMax = 20_000;

    public const int KeywordsMax = 32;

    public const int DescriptionLengthMax = 1_000;

    public const int SignaturesMax = 32;
}
