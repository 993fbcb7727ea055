namespace Registry.Tui.Terminal;

/// <summary>
/// The colours behind the meanings, one table for all colour depths. States are blue and orange based, so that they stay
/// apart for the colour-blind; each is also a sign and a word on the screen.
/// </summary>
internal sealed class Theme
{
    private readonly Tone[] tones;

    private Theme(string name, Tone[] tones)
    {
        Name = name;
        this.tones = tones;
    }

    public string Name { get; }

    /// <summary>For dark grounds.</summary>
    public static Theme Dark { get; } = new("dark",
    [
        default,
        new(0xA6ACB2, 248, 8), // Quiet
        new(0x7FB4FF, 111, 12), // Accent
        new(0x6CC7F5, 117, 14), // Added
        new(0xF0A35E, 215, 3), // Removed
        new(0xC7B6FF, 183, 13), // Changed
        new(0xFF9E8A, 216, 9), // Problem
        new(0xE8C76A, 221, 11), // Notice
        new(0x2B3645, 237, 0), // Selection
    ]);

    /// <summary>For light grounds.</summary>
    public static Theme Light { get; } = new("light",
    [
        default,
        new(0x5A6068, 241, 8),
        new(0x0B57B8, 25, 4),
        new(0x00608A, 24, 6),
        new(0x944400, 94, 1),
        new(0x6A3FB5, 55, 5),
        new(0xA8200D, 124, 1),
        new(0x755300, 58, 3),
        new(0xD6E4F7, 254, 7),
    ]);

    /// <summary>One meaning's colour: 0xRRGGBB, the number in the palette of 256 and in that of 16.</summary>
    public readonly record struct Tone(int Rgb, byte Indexed, byte Ansi);

    public Tone this[Ink ink] => tones[(int)ink];
}
