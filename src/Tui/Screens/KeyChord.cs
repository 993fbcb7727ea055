using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>A key, or a key and then another; by the names they are shown with.</summary>
internal readonly record struct KeyChord(string First, string Second = "")
{
    public bool IsSequence => Second.Length > 0;

    /// <summary>As shown and as written in the user's configuration: `w`, `^R`, `y n`.</summary>
    public override string ToString() => IsSequence ? $"{First} {Second}" : First;

    /// <summary>The name of a pressed key; empty for one that has none.</summary>
    public static string NameOf(InputEvent.KeyPress key) => key.Key switch
    {
        Key.Character when key.Modifiers == KeyModifiers.Control => $"^{char.ToUpperInvariant((char)key.Rune.Value)}",
        Key.Character when (key.Modifiers & ~KeyModifiers.Shift) == 0 => key.Rune.Value == ' ' ? "Space" : key.Rune.ToString(),
        Key.Escape => "Esc",
        Key.Tab when key.Modifiers == KeyModifiers.Shift => "Shift-Tab",
        _ when key.Modifiers == KeyModifiers.None => key.Key.ToString(),
        _ => "",
    };
}
