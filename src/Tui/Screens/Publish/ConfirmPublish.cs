using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Publish;

/// <summary>The only thing in the program that is confirmed by typing: publishing cannot be taken back.</summary>
internal sealed record ConfirmPublish(PublishReview Review) : DialogAnswer
{
    /// <summary>One package is confirmed by its version, several by `all`.</summary>
    public static Dialog Of(PublishReview review) => Dialog.ConfirmTyped(
        $"Publish {PublishWords.Packages(review)}", "Publish", review.Packages is [var only] ? only.Package.Version.ToString() : "all", new ConfirmPublish(review),
        [
            .. review.Packages.Where(package => package.Archive is not null).Select(
                package => $"{package.Package}  {PublishWords.Short(package.Archive!.Hash)}  {PublishWords.Size(package.Archive.Size)}{(package.IsNew ? "" : "  is there already")}"),
            $"goes to {review.Target.Registry} ({review.Target.Address}).",
            "It can never be replaced or taken back, only hidden from new projects with a yank.",
        ]);

    public override Step Reach(AppState state, ImmutableArray<string> values) =>
        state.Say(Notice.Note("publishing")).Start($"publish {PublishWords.Packages(Review)}", new PublishReviewed(Review));
}
