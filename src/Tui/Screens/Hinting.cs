using System.Collections.Immutable;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>Screens write hints with the keys of the table; here the user's own take their place.</summary>
internal static class Hinting
{
    /// <summary>The hints as they are shown on the top screen.</summary>
    public static ImmutableArray<Hint> Of(AppState state, ReadOnlySpan<Hint> hints)
    {
        var shown = ImmutableArray.CreateBuilder<Hint>(hints.Length);
        foreach (var hint in hints)
        {
            shown.Add(ReferenceEquals(state.Keys, KeyMap.Default) ? hint : hint with { Key = Translated(state, hint.Key) });
        }

        return shown.MoveToImmutable();
    }

    /// <summary>What a hint stands for on the top screen, or null.</summary>
    public static Command? CommandOf(AppState state, Hint hint) => hint.Key.Split(' ') is [var only]
        ? KeyMap.Default.Find(KeyMap.ChordOf(only), state.Top.Scope)
        : null;

    private static string Translated(AppState state, string keys) => string.Join(' ', keys.Split(' ').Select(key =>
        KeyMap.Default.Find(KeyMap.ChordOf(key), state.Top.Scope) is { } command && state.Keys.KeyOf(command, state.Top.Scope) is { Length: > 0 } own ? own : key));
}
