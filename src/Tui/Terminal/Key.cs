namespace Registry.Tui.Terminal;

/// <summary>A key by what it is, not by the bytes a terminal sends for it.</summary>
internal enum Key
{
    /// <summary>One that writes: the code point says which.</summary>
    Character,
    Enter,
    Escape,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F10,
    F11,
    F12,
}

[Flags]
internal enum KeyModifiers
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Control = 4,
}
