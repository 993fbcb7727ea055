namespace Registry.Tui.Terminal;

/// <summary>How meanings become bytes on this terminal, as far as is known of it now.</summary>
internal readonly record struct Look(Theme Theme, ColourDepth Depth, GlyphSet Glyphs)
{
    // Where black and white text read equally well on a ground.
    private const double MiddleLuminance = 0.179;

    /// <summary>Pictures have widths of their own here: after each one the place is said anew.</summary>
    public bool HasOddPictures { get; init; }

    /// <summary>Links are written; a terminal that does not know them would print a part of them.</summary>
    public bool HasLinks { get; init; }

    /// <summary>
    /// The look by what the user wants, what the environment says and what the terminal has answered so far. While the
    /// ground is asked for, the terminal's own colours: they are right on any ground.
    /// </summary>
    public static Look Of(TerminalAbilities abilities, ScreenSettings settings, Interview interview)
    {
        var look = new Look(ThemeOf(abilities, settings, interview), DepthOf(abilities, settings, interview), GlyphsOf(abilities, settings, interview));
        return look with { HasOddPictures = interview.HasOddPictures, HasLinks = abilities.Links };
    }

    private static Theme ThemeOf(TerminalAbilities abilities, ScreenSettings settings, Interview interview)
    {
        var isLight = interview.IsLight ?? (interview.Ground is { } ground ? LuminanceOf(ground) > MiddleLuminance : abilities.LightGround);
        return settings.Theme switch
        {
            ThemeChoice.Dark => Theme.Dark,
            ThemeChoice.Light => Theme.Light,
            ThemeChoice.HighContrast => isLight ? Theme.HighContrastLight : Theme.HighContrastDark,
            _ => isLight ? Theme.Light : Theme.Dark,
        };
    }

    private static ColourDepth DepthOf(TerminalAbilities abilities, ScreenSettings settings, Interview interview)
    {
        if (settings.Theme == ThemeChoice.Mono)
        {
            return ColourDepth.Mono;
        }

        var groundIsKnown = settings.Theme is ThemeChoice.Dark or ThemeChoice.Light || interview.Ground is not null || interview.IsLight is not null;
        if (groundIsKnown)
        {
            return abilities.Colours;
        }

        // Asked, and no answer yet: no colour. No answer to come: the user's own palette, which suits the user's ground.
        return !interview.IsOver || abilities.Colours == ColourDepth.Mono ? ColourDepth.Mono : ColourDepth.Sixteen;
    }

    private static GlyphSet GlyphsOf(TerminalAbilities abilities, ScreenSettings settings, Interview interview) => settings.Glyphs switch
    {
        GlyphChoice.Ascii => GlyphSet.Ascii,
        GlyphChoice.Unicode => GlyphSet.Unicode,
        _ => abilities.Unicode && !interview.HasWideLines ? GlyphSet.Unicode : GlyphSet.Ascii,
    };

    // Relative luminance as in the Web Content Accessibility Guidelines.
    private static double LuminanceOf(int rgb) =>
        (0.2126 * Linear((rgb >> 16) & 255)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));

    private static double Linear(int channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
