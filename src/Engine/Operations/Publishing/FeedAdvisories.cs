using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>What becomes of the advisories that a feed has.</summary>
public enum FeedAdvisoriesMode
{
    /// <summary>Those with other ids stay.</summary>
    Merge,

    /// <summary>All of them go.</summary>
    Replace,
}

/// <param name="Feed">Absolute.</param>
/// <param name="Paths">Files, zips or folders; absolute. None with <see cref="FeedAdvisoriesMode.Replace"/> says that no flaws are known.</param>
public sealed record FeedAdvisoriesRequest(string Feed, ImmutableArray<string> Paths, FeedAdvisoriesMode Mode)
{
    /// <summary>When they were published; null for now.</summary>
    public DateTimeOffset? Published { get; init; }
}

/// <param name="Records">How many advisories the feed has afterwards.</param>
/// <param name="Given">How many were given.</param>
public sealed record FeedAdvisoriesReport(string Feed, int Records, int Given) : IReport
{
    public string Kind => "feed-advisories";

    internal byte[] Lines { get; init; } = [];

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("feed"u8, Feed);
        json.WriteNumber("records"u8, Records);
        json.WriteNumber("given"u8, Given);
    }
}

/// <summary>`cairn feed advisories`: what a feed publishes must be readable, so one broken record stops it.</summary>
internal sealed class FeedAdvisories(RegistryClient client, FeedAdvisoriesRequest request) : Change<FeedAdvisoriesReport, FeedAdvisoriesReport>
{
    public override Task<FeedAdvisoriesReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            if (!FeedFolder.IsFeed(request.Feed))
            {
                throw new Problem(ProblemCode.FeedNotFound, $"`{request.Feed}` is not a feed", $"make it one: `cairn feed init {request.Feed}`").Raise();
            }

            var given = request.Paths.Select(path => Strict(path, cancellation)).ToArray();
            var before = request.Mode == FeedAdvisoriesMode.Merge ? Published() : [];
            var all = AdvisoryLines.Of([.. Records(before), .. given.SelectMany(lines => Records(lines.Bytes))], request.Feed, cancellation);
            return new FeedAdvisoriesReport(request.Feed, all.Records, given.Sum(lines => lines.Records)) { Lines = all.Bytes };
        },
        cancellation);

    public override Task<FeedAdvisoriesReport> ApplyAsync(FeedAdvisoriesReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var writer = FeedWriter.Open(plan.Feed, FixedClock.At(request.Published, client.Settings.Clock));
            writer.SetAdvisories(plan.Lines);
            return plan;
        },
        cancellation);

    private byte[] Published()
    {
        var feed = new FeedFolder(request.Feed, Durability.Fast);
        return feed.Snapshot.Advisories is { } described ? feed.Unpacked(described, FeedLimits.AdvisoriesBytesMax) : [];
    }

    private static AdvisoryLines Strict(string path, CancellationToken cancellation)
    {
        var lines = AdvisoryFiles.Read(path, cancellation);
        return lines.Tally.Skips is not [var broken, ..] ? lines : throw new Problem(
            ProblemCode.AdvisoryInvalid, $"the advisory `{broken.Place}` cannot be used: {broken.Why}", "correct it, or leave it out; nothing was published").Raise();
    }

    private static IEnumerable<OsvRecord> Records(byte[] lines) =>
        OsvBundle.Read(new MemoryStream(lines, writable: false), OsvBundleForm.Lines, "advisories");
}
