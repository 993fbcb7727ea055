namespace Registry.Tui.Terminal;

/// <summary>How a cell looks, in meanings; two bytes, so that a cell is one machine word.</summary>
internal readonly record struct Style
{
    private const int InkBits = 5;
    private const int InkMask = (1 << InkBits) - 1;

    private readonly ushort bits;

    public Style(Ink text, Ink ground = Ink.Default, Emphasis emphasis = Emphasis.None)
    {
        bits = (ushort)((int)text | ((int)ground << InkBits) | ((int)emphasis << (2 * InkBits)));
    }

    public static Style Plain => default;

    public static Style Strong => new(Ink.Default, Ink.Default, Emphasis.Strong);

    public static Style Quiet => new(Ink.Quiet);

    public Ink Text => (Ink)(bits & InkMask);

    public Ink Ground => (Ink)((bits >> InkBits) & InkMask);

    public Emphasis Emphasis => (Emphasis)(bits >> (2 * InkBits));

    public Style On(Ink ground) => new(Text, ground, Emphasis);

    public Style With(Emphasis more) => new(Text, Ground, Emphasis | more);
}
