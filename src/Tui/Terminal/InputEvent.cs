using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>Something the user did.</summary>
internal abstract record InputEvent
{
    private InputEvent()
    {
    }

    /// <summary>A key. <paramref name="Rune"/> counts for <see cref="Key.Character"/> only.</summary>
    public sealed record KeyPress(Key Key, Rune Rune = default, KeyModifiers Modifiers = KeyModifiers.None) : InputEvent
    {
        /// <summary>A character without Control or Alt, or 0.</summary>
        public char Plain => Key == Key.Character && (Modifiers & ~KeyModifiers.Shift) == 0 && Rune.IsBmp ? (char)Rune.Value : '\0';

        public bool IsControl(char letter) => Key == Key.Character && Modifiers == KeyModifiers.Control && Rune.Value == letter;
    }

    /// <summary>Text from the clipboard, as one piece, already without control characters but line feeds and tabs.</summary>
    public sealed record Pasted(string Text) : InputEvent;

    /// <summary>The mouse, in columns and rows from 0.</summary>
    public sealed record Mouse(MouseAction Action, int X, int Y, KeyModifiers Modifiers) : InputEvent;

    public sealed record FocusChanged(bool Focused) : InputEvent;

    /// <summary>Not the user but the terminal, about itself; never reaches a screen.</summary>
    public sealed record Replied(TerminalReply Reply) : InputEvent;
}

internal enum MouseAction
{
    Press,
    MiddlePress,
    RightPress,
    Release,
    Drag,
    WheelUp,
    WheelDown,
}
