namespace Registry.Tui.Terminal;

[Flags]
internal enum Emphasis : byte
{
    None = 0,
    Strong = 1,
    Faint = 2,
    Underline = 4,
    Reverse = 8,
}
