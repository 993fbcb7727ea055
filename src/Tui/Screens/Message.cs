using Registry.Engine.Progress;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>Something that happened: the only way the state changes.</summary>
internal abstract record Message
{
    public sealed record Input(InputEvent Event) : Message;

    public sealed record Resized(TerminalSize Size) : Message;

    /// <summary>The time that the state wanted to be woken at has come.</summary>
    public sealed record Ticked : Message;

    /// <summary>Nothing could be started that opens a web address.</summary>
    public sealed record NotOpened(string Address) : Message;

    public sealed record JobProgressed(int Job, ProgressEvent Event) : Message;

    /// <param name="Answer">What the inquiry came to.</param>
    public sealed record JobEnded(int Job, News Answer) : Message;
}
