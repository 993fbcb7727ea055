using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Progress;

/// <summary>A fact about work under way. Facts only: the face decides the words, bars and colours, and how often to draw.</summary>
public abstract record ProgressEvent
{
    private ProgressEvent()
    {
    }

    public sealed record ResolutionStarted(int DirectDependencies) : ProgressEvent;

    /// <summary>Package lists read so far; <paramref name="Waiting"/> are asked for and not here yet.</summary>
    public sealed record MetadataAdvanced(int Received, int Waiting) : ProgressEvent;

    public sealed record ResolutionEnded(int Packages, TimeSpan Elapsed) : ProgressEvent;

    /// <summary>What apply is about to do.</summary>
    public sealed record ApplyStarted(int PackagesToFetch, long BytesToFetch, int PackagesToInstall) : ProgressEvent;

    public sealed record DownloadAdvanced(PackageId Package, long BytesReceived, long BytesTotal) : ProgressEvent;

    public sealed record DownloadEnded(PackageId Package) : ProgressEvent;

    public sealed record PackageInstalled(PackageId Package) : ProgressEvent;

    public sealed record PackageRemoved(PackageId Package) : ProgressEvent;

    /// <summary>Steps of other long work: checking a store, packing, adding to a feed.</summary>
    public sealed record StepAdvanced(string What, long Done, long Total) : ProgressEvent;

    /// <summary>A registry answered a request for a small file, or did not.</summary>
    /// <param name="What">The file, shortened: `timestamp.json`, `object 9f3c11a2`.</param>
    /// <param name="Answer">`200`, `304`, `404`; `read`, `none` for folders; else the slug of the problem.</param>
    public sealed record RegistryAnswered(string Registry, string What, string Answer, TimeSpan Elapsed) : ProgressEvent;

    /// <summary>Something the user should know that does not stop the work.</summary>
    public sealed record Noticed(Problem Problem) : ProgressEvent;
}
