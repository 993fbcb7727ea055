using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.App;

/// <summary>Publishing.</summary>
internal sealed partial class EngineWorkbench
{
    private readonly SemaphoreSlim marking = new(1);

    public Task<Outcome<PublishReview>> ReviewPublishAsync(PublishScope scope, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.ReviewPublish(new(request.Folder) { Scope = scope }).RunAsync(progress, cancellation);

    public Task<Outcome<PublishReport>> PublishAsync(PublishReview review, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.Publish(review.Request).TryApplyAsync(review, progress, cancellation);

    /// <summary>One after the other: each writes all marks there are.</summary>
    public async Task<Outcome<MarkReport>> MarkFileAsync(PackageReview review, string path, FineMark mark, CancellationToken cancellation)
    {
        await marking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await client.MarkFile(review, path, mark).RunAsync(static (_, _) => Task.FromResult(true), Silence.Instance, cancellation).ConfigureAwait(false);
        }
        finally
        {
            marking.Release();
        }
    }

    public Task<Outcome<YankReport>> YankAsync(PackageId package, string registry, string reason, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.Yank(new(request.Folder, package, YankAction.Yank, reason) { Registry = registry })
            .RunAsync(static (_, _) => Task.FromResult(true), progress, cancellation);
}
