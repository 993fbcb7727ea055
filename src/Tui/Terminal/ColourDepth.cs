namespace Registry.Tui.Terminal;

/// <summary>How many colours the terminal shows.</summary>
internal enum ColourDepth
{
    /// <summary>None: strong, faint, underline and reverse only.</summary>
    Mono,
    Sixteen,
    Indexed,
    True,
}
