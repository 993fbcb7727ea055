namespace Registry.Tui.Terminal;

/// <summary>
/// The one owner of the terminal. All calls come from the UI thread, but <see cref="Wake"/> and <see cref="Leave"/>, which
/// any thread may call. Input is read only inside <see cref="Wait"/>, so a child that gets the terminal between two waits
/// loses no key to us.
/// </summary>
internal interface ITerminal : IDisposable
{
    TerminalSize Size { get; }

    /// <summary>Takes the screen: raw input, alternate screen, paste marks, mouse. Nothing happens when it is ours already.</summary>
    void Enter();

    /// <summary>Keys come in the kitty protocol from now on, as often as the screen is taken. For terminals that offer it.</summary>
    void UseKeyboardProtocol();

    /// <summary>Answers of the terminal are still to come: leaving throws away what was not read, so that the shell does not get them.</summary>
    bool AwaitsReplies { set; }

    /// <summary>Gives everything back as it was found. Nothing happens when it is not ours.</summary>
    void Leave();

    /// <summary>Writes all of it, in one system call where the terminal takes it.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Sleeps until there is news, or until the time is up. Null waits for ever.</summary>
    TerminalNews Wait(Span<byte> input, TimeSpan? limit, out int read);

    void Wake();

    /// <summary>Gives the terminal back and stops as job control does; returns, with the screen taken again, when continued.</summary>
    void Suspend();
}
