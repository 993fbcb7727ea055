using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Dialogs;

/// <summary>Shows a dialog: Tab goes round its fields and buttons, Enter goes on, Esc closes it without doing anything.</summary>
internal sealed record DialogPage(Dialog Dialog) : Screen
{
    private const int BoxWidth = 66;
    private const int LabelMax = 20;

    private static readonly Hint[] hints = [new("Tab", "next field or button"), new("Enter", "go on"), new("Esc", "close")];

    private ImmutableArray<string> lines = [];
    private ImmutableArray<string> buttons = [];
    private int labelWidth;

    /// <summary>What stands in the fields.</summary>
    public ImmutableArray<TextInput> Inputs { get; init; } = [.. Dialog.Fields.Select(field => TextInput.Of(field.Text))];

    /// <summary>The fields and then the buttons, counted through.</summary>
    public int Place { get; init; }

    /// <summary>Why the last try did not go on; empty when it was not tried.</summary>
    public string Refusal { get; init; } = "";

    public override Scope Scope => Scope.Dialog;

    // Letters are never commands here.
    public override bool IsTyping => true;

    public override bool IsOverlay => true;

    public override ReadOnlySpan<Hint> Hints => hints;

    private int Places => Inputs.Length + Dialog.Buttons.Length + 1;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.NextPane or Command.Down => state.WithTop(this with { Place = (Place + 1) % Places }),
        Command.PreviousPane or Command.Up => state.WithTop(this with { Place = (Place + Places - 1) % Places }),
        Command.Open when Place < Inputs.Length - 1 => state.WithTop(this with { Place = Place + 1 }),
        Command.Open => Press(state, Math.Max(0, Place - Inputs.Length)),
        Command.Back or Command.Quit => state.Close(),
        _ => state,
    };

    public override Step Type(AppState state, InputEvent input)
    {
        if (Place >= Inputs.Length)
        {
            return input switch
            {
                InputEvent.KeyPress { Key: Key.Right } => state.WithTop(this with { Place = Math.Min(Place + 1, Places - 1) }),
                InputEvent.KeyPress { Key: Key.Left } => state.WithTop(this with { Place = Math.Max(Place - 1, Inputs.Length) }),
                InputEvent.KeyPress { Plain: ' ' } => Press(state, Place - Inputs.Length),
                _ => state,
            };
        }

        var field = Dialog.Fields[Place];
        var next = field.Choices.IsEmpty ? Inputs[Place].After(input) : Chosen(field, input);
        return next is null ? state : state.WithTop(this with { Inputs = Inputs.SetItem(Place, next), Refusal = "" });
    }

    public override Step Point(AppState state, InputEvent.Mouse mouse)
    {
        if (mouse.Action != MouseAction.Press)
        {
            return state;
        }

        var inside = Inside(state.Layout);
        var field = mouse.Y - inside.Y - FieldsTop(inside.Height);
        if (field >= 0 && field < Inputs.Length && inside.Contains(mouse.X, mouse.Y))
        {
            return state.WithTop(this with { Place = field });
        }

        return mouse.Y == inside.Bottom - 1 && ButtonAt(mouse.X - inside.X) is >= 0 and var button ? Press(state, button) : state;
    }

    public override Screen Fresh(AppState state)
    {
        var width = Math.Min(BoxWidth, state.Layout.Body.Width) - 4;
        return this with
        {
            lines = [.. Dialog.Lines.SelectMany(line => new WrappedText(line, width).Lines)],
            labelWidth = Dialog.Fields.IsEmpty ? 0 : Math.Min(LabelMax, Dialog.Fields.Max(each => Clusters.Measure(each.Label))) + 2,
            buttons = [.. Dialog.Buttons.Select(button => button.Text).Append(Dialog.Closing).Select(text => $"[ {text} ]")],
        };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        var box = Box(layout);
        Popup.Draw(canvas.Part(box), box.Width, box.Height, Dialog.Title, "Enter goes on   Esc closes");
        var inside = canvas.Part(Inside(layout));
        var top = FieldsTop(inside.Height);
        for (var y = 0; y < top - 1; y++)
        {
            inside.WriteFitted(0, y, inside.Width, lines[y]);
        }

        for (var i = 0; i < Inputs.Length; i++)
        {
            DrawField(inside.RowAt(top + i), i);
        }

        inside.WriteFitted(0, inside.Height - 2, inside.Width, Refusal, new Style(Ink.Problem));
        DrawButtons(inside.RowAt(inside.Height - 1));
    }

    // In a window that is too small for all of it the fields and buttons are what is needed.
    private int FieldsTop(int height) => Math.Min(lines.Length, Math.Max(0, height - Inputs.Length - 3)) + 1;

    private Rect Box(in Layout layout) => layout.Body.Centred(BoxWidth, lines.Length + Inputs.Length + (Inputs.IsEmpty ? 5 : 6));

    private Rect Inside(in Layout layout) => Box(layout).Shrink(2, 1);

    private void DrawField(Canvas row, int index)
    {
        var field = Dialog.Fields[index];
        row.WriteFitted(0, 0, labelWidth - 1, field.Label, Style.Quiet);
        var part = row.Part(new Rect(labelWidth, 0, row.Width - labelWidth, 1));
        var focus = index == Place ? Focus.Here : Focus.Elsewhere;
        if (!field.Choices.IsEmpty)
        {
            DrawChoice(part, Inputs[index].Text, focus);
        }
        else
        {
            TextField.Draw(part, Inputs[index], field.Example, focus);
        }
    }

    private static void DrawChoice(Canvas part, string text, Focus focus)
    {
        var x = part.Write(0, 0, "< ", Style.Quiet);
        x = part.Write(x, 0, text, focus == Focus.Here ? Style.Strong : Style.Plain);
        part.Write(x, 0, " >", Style.Quiet);
        PlaceCursor(part, focus, 0);
    }

    private void DrawButtons(Canvas row)
    {
        var x = 0;
        for (var i = 0; i < buttons.Length; i++)
        {
            var isMarked = Place == Inputs.Length + i;
            var style = new Style(Ink.Accent, Ink.Default, isMarked ? Emphasis.Strong | Emphasis.Reverse : Emphasis.Strong);
            PlaceCursor(row, isMarked ? Focus.Here : Focus.Elsewhere, x);
            x = row.Write(x, 0, buttons[i], style) + 2;
        }
    }

    private static void PlaceCursor(Canvas row, Focus focus, int x)
    {
        if (focus == Focus.Here)
        {
            row.PlaceCursor(x, 0);
        }
    }

    private int ButtonAt(int column)
    {
        var x = 0;
        for (var i = 0; i < buttons.Length; i++)
        {
            var width = Clusters.Measure(buttons[i]);
            if (column >= x && column < x + width)
            {
                return i;
            }

            x += width + 2;
        }

        return -1;
    }

    private Step Press(AppState state, int button)
    {
        if (button >= Dialog.Buttons.Length)
        {
            return state.Close();
        }

        ImmutableArray<string> values = [.. Inputs.Select(input => input.Text.Trim())];
        var answer = Dialog.Buttons[button].Answer;
        return (Missing(values) ?? answer.Refuse(values)) is { } refusal
            ? state.WithTop(this with { Refusal = refusal })
            : answer.Reach(state.Close(), values);
    }

    private string? Missing(ImmutableArray<string> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var field = Dialog.Fields[i];
            if (field.MustBe is { } text && values[i] != text)
            {
                return $"Type {text} to go on.";
            }

            if (!field.IsOptional && values[i].Length == 0)
            {
                return $"{field.Label} is needed.";
            }
        }

        return null;
    }

    private TextInput? Chosen(DialogField field, InputEvent input)
    {
        var step = input switch
        {
            InputEvent.KeyPress { Key: Key.Right } or InputEvent.KeyPress { Plain: ' ' } => 1,
            InputEvent.KeyPress { Key: Key.Left } => -1,
            _ => 0,
        };
        var at = Math.Max(0, field.Choices.IndexOf(Inputs[Place].Text));
        return step == 0 ? null : TextInput.Of(field.Choices[(at + step + field.Choices.Length) % field.Choices.Length]);
    }
}
