using System.Collections.Immutable;

namespace Registry.Tui.Screens.Dialogs;

/// <summary>A question over a screen, as a value: what it says, what is typed into it and what its buttons do.</summary>
/// <param name="Lines">Paragraphs; a new one for each.</param>
/// <param name="Buttons">The first is what Enter does in the last field; one that closes the dialog is added at the end.</param>
internal sealed record Dialog(string Title, ImmutableArray<string> Lines, ImmutableArray<DialogButton> Buttons)
{
    public ImmutableArray<DialogField> Fields { get; init; } = [];

    /// <summary>The word on the button that closes it.</summary>
    public string Closing { get; init; } = "Cancel";

    public static Dialog Confirm(string title, string button, DialogAnswer answer, params ImmutableArray<string> lines) =>
        new(title, lines, [new DialogButton(button, answer)]);

    /// <summary>The same, for what cannot be taken back: a text has to be typed first.</summary>
    public static Dialog ConfirmTyped(string title, string button, string text, DialogAnswer answer, params ImmutableArray<string> lines) =>
        Confirm(title, button, answer, lines) with { Fields = [new DialogField($"Type {text}") { MustBe = text }] };

    public Step Open(AppState state) => state.Open(new DialogPage(this));
}

/// <summary>A line to type into, or to choose on.</summary>
internal sealed record DialogField(string Label)
{
    /// <summary>What stands there from the start.</summary>
    public string Text { get; init; } = "";

    /// <summary>Shown while nothing is typed.</summary>
    public string Example { get; init; } = "";

    public bool IsOptional { get; init; }

    /// <summary>The only text that is taken.</summary>
    public string? MustBe { get; init; }

    /// <summary>Left and Right choose one of these; nothing is typed.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];
}

internal sealed record DialogButton(string Text, DialogAnswer Answer);

/// <summary>What a button does. It lies in the folder of the screen that asks.</summary>
internal abstract record DialogAnswer
{
    /// <summary>What is wrong with what was typed, in a sentence for the user; null when nothing is.</summary>
    /// <param name="values">The texts of the fields, trimmed, in their order.</param>
    public virtual string? Refuse(ImmutableArray<string> values) => null;

    /// <summary>Does it; the dialog is closed already.</summary>
    public abstract Step Reach(AppState state, ImmutableArray<string> values);
}
