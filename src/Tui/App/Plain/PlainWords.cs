using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Tui.Screens;
using Registry.Tui.Terminal;

namespace Registry.Tui.App.Plain;

/// <summary>What a typed line means: a number is a row, the name of a key is the key, and in a text field the line is the text.</summary>
internal static class PlainWords
{
    public const string Usage =
        "Type a number for a row, and again to open it; the name of a key, for example a or Esc; tab 2 for a screen; keys for the keys here; all to hear everything.";

    /// <summary>The events of a line; empty for one that means nothing here.</summary>
    public static ImmutableArray<InputEvent> Read(string line, AppState state, PlainView view)
    {
        var word = line.Trim();
        if (word.Length == 0)
        {
            return [new InputEvent.KeyPress(Key.Enter)];
        }

        if (NamedKey(word) is { } named)
        {
            return [named];
        }

        if (TabOf(word) is { } tab)
        {
            return [tab];
        }

        if (state.Top.IsTyping)
        {
            return [Control('e'), Control('u'), new InputEvent.Pasted(word)];
        }

        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? RowOf(number, view) : Letters(word, state);
    }

    private static ImmutableArray<InputEvent> RowOf(int number, PlainView view) => number >= 1 && number <= view.Choices
        ? [new InputEvent.Mouse(MouseAction.Press, ListColumn, view.First + number - 1, KeyModifiers.None)]
        : [];

    // Inside every list, behind the mark of the selected row.
    private const int ListColumn = 3;

    private static ImmutableArray<InputEvent> Letters(string word, AppState state)
    {
        var isKey = state.Keys.Find(new KeyChord(word), state.Top.Scope) is not null;
        var isTwoKeys = word.Length == 2 && state.Keys.Find(new KeyChord(word[..1], word[1..]), state.Top.Scope) is not null;
        return isKey || isTwoKeys ? [.. word.EnumerateRunes().Select(rune => new InputEvent.KeyPress(Key.Character, rune))] : [];
    }

    // As the table of keys writes them; those of one character are text where text is typed.
    private static InputEvent.KeyPress? NamedKey(string word) => word switch
    {
        "Esc" => new(Key.Escape),
        "Space" => new(Key.Character, new Rune(' ')),
        "Shift-Tab" => new(Key.Tab, default, KeyModifiers.Shift),
        ['^', >= 'A' and <= 'Z'] => Control(char.ToLowerInvariant(word[1])),
        { Length: > 1 } when char.IsAsciiLetterUpper(word[0]) && Enum.TryParse<Key>(word, out var key) && key != Key.Character => new(key),
        _ => null,
    };

    private static InputEvent.KeyPress? TabOf(string word) =>
        word.StartsWith("tab ", StringComparison.Ordinal) && word[4..].Trim() is [>= '1' and <= '8' and var digit]
            ? new(Key.Character, new Rune(digit))
            : null;

    private static InputEvent.KeyPress Control(char letter) => new(Key.Character, new Rune(letter), KeyModifiers.Control);
}
