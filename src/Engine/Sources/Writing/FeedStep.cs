namespace Registry.Engine.Sources.Writing;

/// <summary>
/// A file that a change of a feed writes. Steps are in an order in which the feed is valid after each of them: objects
/// first, then the journal, then the timestamp that makes it all current, then the convenience copies.
/// </summary>
/// <param name="Path">Relative to the feed, with `/`.</param>
internal sealed record FeedStep(string Path, ReadOnlyMemory<byte> Bytes);
