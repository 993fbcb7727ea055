using Registry.Engine.Formats.Feeds;

namespace Registry.Engine.Sources.Feeds;

/// <summary>One moment of a feed, all parts of it belonging together.</summary>
internal sealed record FeedState(FeedDescription Description, FeedTimestamp Timestamp, FeedSnapshot Snapshot);

/// <summary>Whether a reader may use the network.</summary>
public enum FeedReading
{
    Online,

    /// <summary>Only what is on this computer.</summary>
    Offline,
}

/// <summary>Whether a feed without signatures is good enough.</summary>
public enum FeedTrust
{
    /// <summary>Named by the user or the project, that is consent; the default until signatures are checked.</summary>
    AllowUnsigned,
    RequireSigned,
}
