using System.Diagnostics;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Transport;
using Registry.Engine.Store;

namespace Registry.Benchmarks.Feed;

/// <summary>How long it takes to read the index documents of many packages, first with an empty cache, then with a full one.</summary>
internal sealed class ReadFeed(string feed, string cache, int repeat, string? namesFile)
{
    public async Task MeasureAsync()
    {
        using var http = HttpHandlers.Create(new());
        for (var i = 0; i < repeat; i++)
        {
            var watch = Stopwatch.StartNew();
            var allocated = GC.GetTotalAllocatedBytes();
            using var store = new ContentStore(new(Path.Combine(cache, "store")), TimeProvider.System);
            using var sources = new PackageSources(
                new() { CacheFolder = cache, Registries = [new("main", feed, []) { IsDefault = true }], Http = http }, store);
            var names = namesFile is null
                ? (await sources.ReadNamesAsync(null, CancellationToken.None)).Select(entry => entry.Name).ToArray()
                : File.ReadLines(namesFile).Select(PackageName.Parse).ToArray();
            var listed = watch.Elapsed;
            var answers = await sources.ReadAllAsync(
                [.. names.Select(name => new PackageKey(name, DependencyOrigin.Feed.Routed))], new Quiet(), CancellationToken.None);
            var read = watch.Elapsed;
            var found = answers.Where(answer => answer.Package is not null).ToArray();
            var dependencies = found.Sum(answer => answer.Package!.Index.Latest?.Dependencies.Length ?? 0);
            var latest = watch.Elapsed;
            var all = found.Sum(answer => answer.Package!.Index.Releases.Sum(release => release.Dependencies.Length));
            Console.WriteLine(
                $"{found.Length} packages, {found.Sum(answer => answer.Package!.Index.Releases.Length)} versions: names {listed.TotalMilliseconds:0.0} ms, "
                + $"documents +{(read - listed).TotalMilliseconds:0.0} ms, newest versions' {dependencies} dependencies +{(latest - read).TotalMilliseconds:0.0} ms, "
                + $"all {all} +{(watch.Elapsed - latest).TotalMilliseconds:0.0} ms; {(GC.GetTotalAllocatedBytes() - allocated) >> 20} MB allocated");
        }
    }

    private sealed class Quiet : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value)
        {
        }
    }
}
