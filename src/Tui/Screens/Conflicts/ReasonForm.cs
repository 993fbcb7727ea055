using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Dialogs;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>Asks why an override is fine, before it is staged: the answer is written beside it in the manifest.</summary>
internal sealed record ReasonForm(Repair Repair) : DialogAnswer
{
    public static Dialog Of(Repair repair) => new(
        "This may not work", [$"{repair.Title}.", "Nobody proved that the packages work with it. Why is it fine? The reason is written in the manifest."],
        [new DialogButton("Stage it", new ReasonForm(repair))])
    {
        Fields = [new DialogField("Reason") { Example = "a few words" }],
        Closing = "Leave it",
    };

    public override string? Refuse(ImmutableArray<string> values) =>
        values[0].Length > Override.ReasonMax || values[0].Any(char.IsControl) ? $"A reason is one line of at most {Override.ReasonMax} characters." : null;

    public override Step Reach(AppState state, ImmutableArray<string> values) =>
        ConflictsScreen.Of(state).Stage(state, Repair.WithReason(Override.ReasonOf(values[0])));
}
