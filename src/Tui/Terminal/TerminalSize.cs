namespace Registry.Tui.Terminal;

internal readonly record struct TerminalSize(int Columns, int Rows)
{
    /// <summary>What we take when the terminal does not say.</summary>
    public static TerminalSize Usual => new(80, 24);
}
