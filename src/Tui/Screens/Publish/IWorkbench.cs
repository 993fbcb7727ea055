using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens;

/// <summary>What publishing asks of the engine.</summary>
internal partial interface IWorkbench
{
    Task<Outcome<PublishReview>> ReviewPublishAsync(PublishScope scope, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>Exactly the bytes that the review is of.</summary>
    Task<Outcome<PublishReport>> PublishAsync(PublishReview review, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    Task<Outcome<MarkReport>> MarkFileAsync(PackageReview review, string path, FineMark mark, CancellationToken cancellation);

    /// <summary>Hides a version that was published from new projects.</summary>
    Task<Outcome<YankReport>> YankAsync(PackageId package, string registry, string reason, IProgress<ProgressEvent> progress, CancellationToken cancellation);
}
