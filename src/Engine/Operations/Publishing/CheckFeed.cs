using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Writing;

namespace Registry.Engine.Operations;

/// <summary>Something wrong with a feed.</summary>
/// <param name="Path">Relative to the feed.</param>
/// <param name="IsDamage">Readers will fail on it; otherwise it is a left-over that they do not notice.</param>
public sealed record FoundFault(string Path, bool IsDamage, string What);

/// <summary>What a full check of a feed found.</summary>
public sealed record CheckFeedReport(
    string Feed, long Serial, int Packages, int Versions, int Objects, long Bytes, int Orphans, long OrphanBytes, ImmutableArray<FoundFault> Faults) : IReport
{
    public string Kind => "feed-check";

    public bool IsSound => !Faults.Any(fault => fault.IsDamage);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("feed"u8, Feed);
        json.WriteBoolean("sound"u8, IsSound);
        json.WriteNumber("serial"u8, Serial);
        json.WriteNumber("packages"u8, Packages);
        json.WriteNumber("versions"u8, Versions);
        json.WriteNumber("objects"u8, Objects);
        json.WriteNumber("bytes"u8, Bytes);
        json.WriteNumber("orphans"u8, Orphans);
        json.WriteNumber("orphan_bytes"u8, OrphanBytes);
        json.WriteStartArray("faults"u8);
        foreach (var fault in Faults)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, fault.Path);
            json.WriteBoolean("damage"u8, fault.IsDamage);
            json.WriteString("what"u8, fault.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn feed check`: reads everything that the feed names.</summary>
/// <param name="feed">Its folder, absolute.</param>
internal sealed class CheckFeed(string feed) : Query<CheckFeedReport>
{
    protected override Task<CheckFeedReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            if (!FeedFolder.IsFeed(feed))
            {
                throw new Problem(ProblemCode.FeedNotFound, $"`{feed}` is not a feed", $"make it one: `cairn feed init {feed}`").Raise();
            }

            var found = FeedCheck.Run(feed, progress, cancellation);
            return new CheckFeedReport(
                feed, found.Serial, found.Packages, found.Versions, found.Objects, found.Bytes, found.Orphans, found.OrphanBytes,
                [.. found.Faults.Select(fault => new FoundFault(fault.Path, fault.Kind == FeedFaultKind.Damage, fault.What))]);
        },
        cancellation);
}
