using System.Globalization;
using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>A line of text being typed. The caret stands between grapheme clusters, given as an index into the text.</summary>
internal sealed record TextInput(string Text, int Caret)
{
    /// <summary>Characters; what is typed or pasted beyond is dropped.</summary>
    public const int MaxLength = 1024;

    public static TextInput Empty { get; } = new("", 0);

    public static TextInput Of(string text) => new(text, text.Length);

    /// <summary>The text after a key; null when the key is not for a text field.</summary>
    public TextInput? After(InputEvent input) => input switch
    {
        InputEvent.Pasted pasted => Insert(pasted.Text),
        InputEvent.KeyPress key => After(key),
        _ => null,
    };

    public TextInput Insert(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace('\t', ' ').Trim('\n');
        var fits = line[..Math.Min(line.Length, MaxLength - Math.Min(MaxLength, Text.Length))];
        return new TextInput(Text.Insert(Caret, fits), Caret + fits.Length);
    }

    private TextInput? After(InputEvent.KeyPress key)
    {
        if (key.Modifiers == KeyModifiers.Control && key.Key == Key.Character)
        {
            return AfterControl((char)key.Rune.Value);
        }

        return key.Key switch
        {
            Key.Character when (key.Modifiers & ~KeyModifiers.Shift) == 0 => Insert(key.Rune.ToString()),
            Key.Left => this with { Caret = Before(Caret) },
            Key.Right => this with { Caret = Behind(Caret) },
            Key.Home => this with { Caret = 0 },
            Key.End => this with { Caret = Text.Length },
            Key.Backspace => Cut(Before(Caret), Caret),
            Key.Delete => Cut(Caret, Behind(Caret)),
            _ => null,
        };
    }

    /// <summary>Whether Ctrl with a letter does something to a text.</summary>
    public static bool Edits(char letter) => letter is 'a' or 'e' or 'u' or 'k' or 'w';

    // The customs of shells: start, end, cut to the start, to the end, a word.
    private TextInput? AfterControl(char letter) => letter switch
    {
        'a' => this with { Caret = 0 },
        'e' => this with { Caret = Text.Length },
        'u' => Cut(0, Caret),
        'k' => Cut(Caret, Text.Length),
        'w' => Cut(StartOfWord(), Caret),
        _ => null,
    };

    private TextInput Cut(int from, int to) => new(Text.Remove(from, to - from), from);

    private int Behind(int index) =>
        index >= Text.Length ? index : index + StringInfo.GetNextTextElementLength(Text.AsSpan(index));

    private int Before(int index)
    {
        var last = 0;
        for (var i = 0; i < index; i = Behind(i))
        {
            last = i;
        }

        return last;
    }

    private int StartOfWord()
    {
        var index = Caret;
        while (index > 0 && Text[index - 1] == ' ')
        {
            index--;
        }

        while (index > 0 && Text[index - 1] != ' ')
        {
            index--;
        }

        return index;
    }
}
