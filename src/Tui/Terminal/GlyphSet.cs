namespace Registry.Tui.Terminal;

/// <summary>Which glyphs may be sent.</summary>
internal enum GlyphSet
{
    Unicode,

    /// <summary>For locales that are not UTF-8: rules and signs become `+-|` and the like, other text `?`.</summary>
    Ascii,
}
