using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Sources.Transport;

/// <summary>The files of a feed, telling how each request for a small one was answered and how long that took.</summary>
internal sealed class HeardFeedFiles(string registry, FeedFiles files, IProgress<ProgressEvent> hears, TimeProvider clock) : FeedFiles, IDisposable
{
    private const string Objects = "objects/";
    private const int HashShown = 8;
    private const int NameMax = 24;

    public override string Address => files.Address;

    public override bool IsRemote => files.IsRemote;

    public override async Task<FetchedFile> ReadAsync(string path, int bytesMax, FileValidator? known, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        try
        {
            var answer = await files.ReadAsync(path, bytesMax, known, cancellation).ConfigureAwait(false);
            Say(path, Word(answer), started);
            return answer;
        }
        catch (ProblemException e)
        {
            Say(path, e.Problem.Code.Slug(), started);
            throw;
        }
    }

    public override Task<Stream?> OpenAsync(string path, long size, long bytesMax, CancellationToken cancellation) =>
        files.OpenAsync(path, size, bytesMax, cancellation);

    public void Dispose() => (files as IDisposable)?.Dispose();

    private string Word(FetchedFile answer) => answer switch
    {
        FetchedFile.Found => files.IsRemote ? "200" : "read",
        FetchedFile.Unchanged => "304",
        _ => files.IsRemote ? "404" : "none",
    };

    private void Say(string path, string answer, long started) =>
        hears.Report(new ProgressEvent.RegistryAnswered(registry, Name(path), answer, clock.GetElapsedTime(started)));

    private static string Name(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return path.Contains(Objects, StringComparison.Ordinal) && name.Length > HashShown
            ? $"object {name[..HashShown]}"
            : Model.Printable.Clip(name, NameMax);
    }
}
