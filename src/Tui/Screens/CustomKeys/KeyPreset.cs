using System.Collections.Immutable;

namespace Registry.Tui.Screens.CustomKeys;

/// <summary>Keys for those whose hands know another program: what differs from the table.</summary>
internal static class KeyPreset
{
    private static readonly ImmutableDictionary<Command, ImmutableArray<KeyChord>> vim = Of(
        (Command.PageDown, ["PageDown", "^F", "^D"]),
        (Command.PageUp, ["PageUp", "^B"]),
        (Command.First, ["g g", "Home"]),
        (Command.GoBack, ["[", "^O"]),
        (Command.Quit, ["q", "Z Z"]));

    private static readonly ImmutableDictionary<Command, ImmutableArray<KeyChord>> emacs = Of(
        (Command.Up, ["Up", "^P", "k"]),
        (Command.Down, ["Down", "^N", "j"]),
        (Command.PageDown, ["PageDown", "^V"]),
        (Command.FoldUp, ["Left", "^B", "h"]),
        (Command.Unfold, ["Right", "^F", "l"]),
        (Command.Filter, ["/", "^S"]),
        (Command.Back, ["Esc", "^G"]),
        (Command.Palette, [":", "^X x"]),
        (Command.Quit, ["q", "^X ^C"]));

    /// <summary>The words of the setting.</summary>
    public static ImmutableArray<string> Names { get; } = ["default", "vim", "emacs"];

    /// <summary>What a preset has in place of the table's keys; nothing for one that is not known.</summary>
    public static ImmutableDictionary<Command, ImmutableArray<KeyChord>> Find(string name) => name switch
    {
        "vim" => vim,
        "emacs" => emacs,
        _ => ImmutableDictionary<Command, ImmutableArray<KeyChord>>.Empty,
    };

    private static ImmutableDictionary<Command, ImmutableArray<KeyChord>> Of(params ReadOnlySpan<(Command Command, string[] Keys)> lines)
    {
        var keys = ImmutableDictionary.CreateBuilder<Command, ImmutableArray<KeyChord>>();
        foreach (var (command, texts) in lines)
        {
            keys.Add(command, [.. texts.Select(KeyNames.Parse).OfType<KeyChord>()]);
        }

        return keys.ToImmutable();
    }
}
