using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

internal sealed partial class KeyMap
{
    // In loops over references, here and below: this is made before the first frame, and each generic type over a structure of
    // ours would be compiled for it.
    private readonly List<Bound> bound = [];

    /// <param name="own">The keys that the user gave to commands, in place of those in the table.</param>
    public KeyMap(ImmutableDictionary<Command, ImmutableArray<KeyChord>> own)
        : this(binding => own.GetValueOrDefault(binding.Command, ChordsOf(binding)).Select(chord => new Bound(chord, binding)))
    {
    }

    private KeyMap()
        : this((Func<KeyBinding, IEnumerable<Bound>>?)null)
    {
    }

    private KeyMap(Func<KeyBinding, IEnumerable<Bound>>? own)
    {
        foreach (var binding in table)
        {
            if (own is not null)
            {
                bound.AddRange(own(binding));
                continue;
            }

            foreach (var keys in binding.Keys.Split(' '))
            {
                bound.Add(new Bound(ChordOf(keys), binding));
            }
        }
    }

    /// <summary>The command of a key on a screen, or null. While text is typed only keys that write nothing count.</summary>
    public Command? Find(InputEvent.KeyPress key, Scope scope, bool isTyping) =>
        isTyping && (key.Plain != '\0' || IsEditing(key)) ? null : Find(new KeyChord(KeyChord.NameOf(key)), scope);

    /// <summary>The command of a key, or of two keys one after the other, on a screen; or null.</summary>
    public Command? Find(KeyChord chord, Scope scope)
    {
        foreach (var pair in bound)
        {
            if (pair.Chord == chord && (pair.Binding.Scope & scope) != 0)
            {
                return pair.Binding.Command;
            }
        }

        return null;
    }

    /// <summary>What may follow a key on a screen; empty when it waits for none.</summary>
    public ImmutableArray<(string Second, KeyBinding Binding)> After(string first, Scope scope) =>
        [.. bound.Where(pair => pair.Chord.IsSequence && pair.Chord.First == first && (pair.Binding.Scope & scope) != 0)
            .Select(pair => (pair.Chord.Second, pair.Binding))];

    /// <summary>Every key with the line of the table that says where it counts.</summary>
    public IEnumerable<(KeyChord Chord, KeyBinding Binding)> Pairs => bound.Select(pair => (pair.Chord, pair.Binding));

    /// <summary>All keys of a line of the table, as shown.</summary>
    public string KeysOf(KeyBinding binding) => string.Join("  ", bound.Where(pair => pair.Binding == binding).Select(pair => pair.Chord.ToString()));

    /// <summary>The first key of a command on a screen, as shown; empty when it has none there.</summary>
    public string KeyOf(Command command, Scope scope = ~Scope.None)
    {
        foreach (var pair in bound)
        {
            if (pair.Binding.Command == command && (pair.Binding.Scope & scope) != 0)
            {
                return pair.Chord.ToString();
            }
        }

        return "";
    }

    /// <summary>The keys of a line without a user's own.</summary>
    public static ImmutableArray<KeyChord> ChordsOf(KeyBinding binding) => [.. binding.Keys.Split(' ').Select(ChordOf)];

    /// <summary>A key as the table writes it.</summary>
    public static KeyChord ChordOf(string text) =>
        text.Length == 2 && Prefixes.Contains(text[0], StringComparison.Ordinal) ? new(text[..1], text[1..]) : new(text);

    // Keys of a text field that also have a meaning in lists.
    private static bool IsEditing(InputEvent.KeyPress key) =>
        key.Key is Key.Left or Key.Right or Key.Home or Key.End or Key.Backspace or Key.Delete || (key.Modifiers == KeyModifiers.Control && TextInput.Edits((char)key.Rune.Value));

    private sealed class Bound(KeyChord chord, KeyBinding binding)
    {
        public KeyChord Chord { get; } = chord;

        public KeyBinding Binding { get; } = binding;
    }
}
