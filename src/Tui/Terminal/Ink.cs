namespace Registry.Tui.Terminal;

/// <summary>What a colour means. The theme says which colour that is, at each colour depth.</summary>
internal enum Ink : byte
{
    /// <summary>The terminal's own text or ground colour.</summary>
    Default,
    Quiet,
    Accent,
    Added,
    Removed,
    Changed,
    Problem,
    Notice,

    /// <summary>Only as a ground: the row that has the focus.</summary>
    Selection,
}
