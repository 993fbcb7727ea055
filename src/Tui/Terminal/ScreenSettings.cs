namespace Registry.Tui.Terminal;

/// <summary>What the user wants of the screen, whatever the terminal can.</summary>
internal sealed record ScreenSettings
{
    /// <summary>`plain` asks for lines of text: the short way to `ui.view`.</summary>
    public const string ViewVariable = "CAIRN_UI";

    /// <summary>The variables that say something about the screen.</summary>
    public static string[] Names { get; } =
        ["CAIRN_KEYS_PRESET", ViewVariable, "CAIRN_UI_GLYPHS", "CAIRN_UI_MOTION", "CAIRN_UI_MOUSE", "CAIRN_UI_THEME", "CAIRN_UI_VIEW"];

    /// <summary>Everything as the terminal suggests.</summary>
    public static ScreenSettings Usual { get; } = new();

    public ThemeChoice Theme { get; init; }

    public GlyphChoice Glyphs { get; init; }

    public Motion Motion { get; init; }

    public ScreenView View { get; init; }

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
        Motion = value("ui.motion") == "reduced" ? Motion.Reduced : Motion.Full,
        View = value("ui.view") == "plain" ? ScreenView.Plain : ScreenView.Full,
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

internal enum Motion
{
    Full,

    /// <summary>Nothing turns: what runs counts its seconds.</summary>
    Reduced,
}

internal enum ScreenView
{
    Full,

    /// <summary>Lines one after another and numbered choices, for screen readers.</summary>
    Plain,
}

internal enum GlyphChoice
{
    Auto,
    Unicode,
    Ascii,
}
