using Registry.Engine.Model;

namespace Registry.Engine.Sources;

/// <summary>What a feed says of itself.</summary>
/// <param name="Registry">What the routes call it.</param>
/// <param name="Address">The folder or URL.</param>
/// <param name="IsLocal">Whether reading it needs no network.</param>
/// <param name="Ecosystem">What advisories from elsewhere call the family of its packages; null when it says nothing.</param>
/// <param name="Advisories">Names the advisories that it publishes; null when it publishes none.</param>
public sealed record FeedFacts(string Registry, string Address, bool IsLocal, string? Ecosystem, ContentHash? Advisories);
