namespace Registry.Tui.Terminal;

/// <summary>Why a wait ended.</summary>
[Flags]
internal enum TerminalNews
{
    /// <summary>The time was up.</summary>
    None = 0,

    /// <summary>Bytes were read.</summary>
    Input = 1,

    /// <summary>Another thread called <see cref="ITerminal.Wake"/>.</summary>
    Woken = 2,
    Resized = 4,

    /// <summary>The process was stopped and goes on: the screen is unknown and the modes may be the shell's.</summary>
    Continued = 8,

    /// <summary>Someone outside asks us to stop, as Ctrl-Z would.</summary>
    SuspendAsked = 16,

    /// <summary>The terminal is gone.</summary>
    Closed = 32,
}
