namespace Registry.Tui.Terminal;

/// <summary>
/// The colours behind the meanings: one table for all themes and colour depths. States are blue and orange based, so that
/// they stay apart for the colour-blind; each is also a sign and a word on the screen.
/// </summary>
internal sealed class Theme
{
    // A row a meaning, a column a theme: dark, light, high contrast on dark, high contrast on light. Chosen by the tests'
    // measure: readable on the usual grounds, and apart in colour or lightness for eyes that see fewer colours.
    private static readonly Tone[][] table =
    [
        [default, default, default, default], // Default
        [new(0xA6ACB2, 248, 8), new(0x5A6068, 241, 8), default, default], // Quiet
        [new(0x7FB4FF, 111, 12), new(0x0B57B8, 25, 4), new(0x9CCBFF, 153, 14), new(0x003A85, 18, 4)], // Accent
        [new(0x70E1FF, 117, 14), new(0x033B57, 24, 6), new(0x8DDBFF, 117, 14), new(0x003C66, 24, 6)], // Added
        [new(0xECB76B, 179, 3), new(0xAB4305, 124, 1), new(0xECAC89, 216, 11), new(0x823000, 88, 1)], // Removed
        [new(0xB7A9FF, 147, 13), new(0x674FB4, 61, 5), new(0xEDECFF, 231, 13), new(0x3C2383, 17, 5)], // Changed
        [new(0xFB8575, 210, 9), new(0x8F1D0E, 88, 1), new(0xFCE0D9, 188, 9), new(0x280700, 233, 1)], // Problem
        [new(0xD5C091, 187, 11), new(0x572F00, 52, 3), new(0xFFD275, 222, 11), new(0x432500, 52, 3)], // Notice
        [new(0x2B3645, 237, 0), new(0xD6E4F7, 254, 7), default, default], // Selection
    ];

    private readonly int column;

    private Theme(string name, int column)
    {
        Name = name;
        this.column = column;
    }

    public string Name { get; }

    /// <summary>For dark grounds.</summary>
    public static Theme Dark { get; } = new("dark", 0);

    /// <summary>For light grounds.</summary>
    public static Theme Light { get; } = new("light", 1);

    /// <summary>For dark grounds: nothing quiet, the row in focus reversed, states at least 7 to 1.</summary>
    public static Theme HighContrastDark { get; } = new("high contrast, dark", 2);

    public static Theme HighContrastLight { get; } = new("high contrast, light", 3);

    /// <summary>One meaning's colour: 0xRRGGBB, the number in the palette of 256 and in that of 16. The default is the terminal's own.</summary>
    public readonly record struct Tone(int Rgb, byte Indexed, byte Ansi)
    {
        public bool IsTerminals => this == default;
    }

    public Tone this[Ink ink] => table[(int)ink][column];
}
