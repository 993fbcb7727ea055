namespace Registry.Tui.Terminal;

/// <summary>What the user wants of the screen, whatever the terminal can.</summary>
internal sealed record ScreenSettings
{
    /// <summary>The variables that say something about the screen.</summary>
    public static string[] Names { get; } =
        ["CAIRN_KEYS_PRESET", "CAIRN_UI_GLYPHS", "CAIRN_UI_MOUSE", "CAIRN_UI_THEME"];

    /// <summary>Everything as the terminal suggests.</summary>
    public static ScreenSettings Usual { get; } = new();

    public ThemeChoice Theme { get; init; }

    public GlyphChoice Glyphs { get; init; }

    /// <summary>The mouse is the program's from the start; else the terminal's, for selecting text.</summary>
    public bool UsesMouse { get; init; } = true;

    /// <summary>From the words of the user's configuration.</summary>
    /// <param name="value">The checked value of a setting by its name.</param>
    public static ScreenSettings From(Func<string, string> value) => new()
    {
        Theme = value("ui.theme") switch
        {
            "dark" => ThemeChoice.Dark,
            "light" => ThemeChoice.Light,
            "high-contrast" => ThemeChoice.HighContrast,
            "mono" => ThemeChoice.Mono,
            _ => ThemeChoice.Auto,
        },
        Glyphs = value("ui.glyphs") switch { "ascii" => GlyphChoice.Ascii, "unicode" => GlyphChoice.Unicode, _ => GlyphChoice.Auto },
        UsesMouse = value("ui.mouse") != "false",
    };
}

internal enum ThemeChoice
{
    /// <summary>As the terminal says its ground is.</summary>
    Auto,
    Dark,
    Light,
    HighContrast,
    Mono,
}

internal enum GlyphChoice
{
    Auto,
    Unicode,
    Ascii,
}
