using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>Asks why an override is fine, before it is staged: the answer is written beside it in the manifest.</summary>
internal sealed record ReasonPage(Repair Repair, TextInput Input) : Screen
{
    private const int WidthMax = 74;

    private static readonly Hint[] hints = [new("Enter", "stage it"), new("Esc", "leave it")];

    public override Scope Scope => Scope.Dialog;

    public override bool IsTyping => true;

    public override bool IsOverlay => true;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open => OnEnter(state),
        Command.Back => state.Close(),
        _ => state,
    };

    public override Step Type(AppState state, InputEvent input) =>
        input is InputEvent.KeyPress { Key: Key.Enter } ? OnEnter(state)
        : Input.After(input) is { } typed ? state.WithTop(this with { Input = typed }) : state;

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        var box = Popup.Draw(canvas.Part(layout.Body), Math.Min(WidthMax, layout.Body.Width - 2), 9, "This may not work", "Enter stages it, Esc leaves it");
        box.WriteFitted(0, 0, box.Width, Repair.Title, new Style(Ink.Problem));
        box.WriteFitted(0, 2, box.Width, "Nobody proved that the packages work with it.", Style.Plain);
        box.WriteFitted(0, 3, box.Width, "Why is it fine? The reason is written in the manifest.", Style.Plain);
        TextField.Draw(box.RowAt(5), Input, "a few words", Focus.Here);
    }

    private Step OnEnter(AppState state)
    {
        try
        {
            return ConflictsScreen.Of(state).Stage(state.Close(), Repair.WithReason(Override.ReasonOf(Input.Text)));
        }
        catch (ProblemException e)
        {
            return state.Say(Notice.Of(e.Problem));
        }
    }
}
