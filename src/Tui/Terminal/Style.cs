using System.Runtime.InteropServices;

namespace Registry.Tui.Terminal;

/// <summary>How a cell looks, in meanings; three bytes, so that a cell is one machine word.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Style(Ink Text, Ink Ground = Ink.Default, Emphasis Emphasis = Emphasis.None)
{
    public static Style Plain => default;

    public static Style Strong => new(Ink.Default, Ink.Default, Emphasis.Strong);

    public static Style Quiet => new(Ink.Quiet);

    public Style On(Ink ground) => this with { Ground = ground };

    public Style With(Emphasis more) => this with { Emphasis = Emphasis | more };
}
