using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Jobs;

/// <summary>How far a job is, counted from what it reports.</summary>
/// <param name="Done">Steps done of those in <paramref name="Total"/>; both 0 while nobody knows.</param>
/// <param name="Latest">What it is at.</param>
internal sealed record JobProgress(long Done, long Total, string Latest)
{
    public static JobProgress None { get; } = new(0, 0, "");

    public int ToFetch { get; init; }

    public int Fetched { get; init; }

    public long BytesToFetch { get; init; }

    /// <summary>Of the archives that are whole here.</summary>
    public long BytesFetched { get; init; }

    public int ToInstall { get; init; }

    public int Installed { get; init; }

    /// <summary>Archives under way, the first begun first.</summary>
    public ImmutableArray<Download> Downloads { get; init; } = [];

    public long BytesHere => BytesFetched + Downloads.Sum(download => download.Received);

    public JobProgress After(ProgressEvent progress) => progress switch
    {
        ProgressEvent.ApplyStarted started => this with
        {
            Total = started.PackagesToFetch + started.PackagesToInstall,
            ToFetch = started.PackagesToFetch,
            ToInstall = started.PackagesToInstall,
            BytesToFetch = started.BytesToFetch,
        },
        ProgressEvent.MetadataAdvanced read => this with { Done = read.Received, Total = read.Received + read.Waiting, Latest = "package lists" },
        ProgressEvent.DownloadAdvanced download => this with
        {
            Latest = download.Package.ToString(),
            Downloads = With(new(download.Package, download.BytesReceived, download.BytesTotal)),
        },
        ProgressEvent.DownloadEnded ended => this with
        {
            Done = Done + 1,
            Fetched = Fetched + 1,
            Latest = ended.Package.ToString(),
            Downloads = Downloads.RemoveAll(download => download.Package == ended.Package),
            BytesFetched = BytesFetched + Downloads.Where(download => download.Package == ended.Package).Sum(download => download.Total),
        },
        ProgressEvent.PackageInstalled installed => this with { Done = Done + 1, Installed = Installed + 1, Latest = installed.Package.ToString() },
        ProgressEvent.PackageRemoved removed => this with { Latest = removed.Package.ToString() },
        ProgressEvent.StepAdvanced step => this with { Done = step.Done, Total = step.Total, Latest = step.What },
        _ => this,
    };

    private ImmutableArray<Download> With(Download download) => Downloads.FirstOrDefault(old => old.Package == download.Package) is { } old
        ? Downloads.Replace(old, download)
        : Downloads.Add(download);
}

/// <summary>An archive under way.</summary>
/// <param name="Received">Bytes here.</param>
/// <param name="Total">Bytes in all; 0 when nobody said.</param>
internal sealed record Download(PackageId Package, long Received, long Total);
