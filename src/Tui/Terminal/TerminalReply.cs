namespace Registry.Tui.Terminal;

/// <summary>What a terminal said when it was asked. Never something the user did.</summary>
internal abstract record TerminalReply
{
    private TerminalReply()
    {
    }

    /// <summary>The primary device attributes, which every terminal knows: asked for last, so nothing more comes after it.</summary>
    public sealed record Attributes : TerminalReply;

    /// <summary>A private mode: 0 unknown, 1 on, 2 off, 3 always on, 4 always off.</summary>
    public sealed record Mode(int Number, int State) : TerminalReply;

    /// <summary>Where the cursor is, from 0.</summary>
    public sealed record CursorAt(int X, int Y) : TerminalReply;

    /// <summary>The colour of the ground, 0xRRGGBB.</summary>
    public sealed record Ground(int Rgb) : TerminalReply;

    /// <summary>It speaks the kitty keyboard protocol.</summary>
    public sealed record KeyboardProtocol : TerminalReply;

    /// <summary>The user changed the terminal, or the system, to a dark or a light scheme.</summary>
    public sealed record Scheme(bool IsLight) : TerminalReply;
}
