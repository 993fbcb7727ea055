using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Review;

namespace Registry.Tui.Screens.Activity;

/// <summary>Takes an applied change back, and all after it, in one step.</summary>
internal sealed record TakeBack(int Change) : Inquiry
{
    private const int NamedMax = 5;

    public override bool Writes => true;

    /// <summary>Asks first: it may be more than one change.</summary>
    /// <param name="changes">The newest first; the last one is where it goes back to, not taken back itself.</param>
    public static Step Ask(AppState state, ImmutableArray<PastChange> changes, string to) => Dialog.Confirm(
        $"Back to {to}", "Go back", new Answered(changes[^1].Number),
        [
            $"This takes back {Staging.Count(changes.Length, "change", "changes")}: manifest, lockfile and packages are as they were before.",
            .. changes.Take(NamedMax).Select(change => $"- {change.Summary}"),
            .. changes.Length > NamedMax ? [$"and {changes.Length - NamedMax} more"] : ImmutableArray<string>.Empty,
            $"{state.KeyOf(Command.Redo)} does them again, one by one.",
        ]).Open(state);

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Travelled(TravelDirection.Back, await workbench.TakeBackAsync(Change, progress, cancellation).ConfigureAwait(false));

    private sealed record Answered(int Change) : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values) => state.Start("go back", new TakeBack(Change));
    }
}
