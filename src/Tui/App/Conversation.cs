using Registry.Tui.Terminal;

namespace Registry.Tui.App;

/// <summary>
/// What comes from the terminal: the user's input, and the terminal's answers about itself, which are taken out here. Asks
/// once, after the first frame; nothing waits for the answers.
/// </summary>
internal sealed class Conversation(TerminalAbilities abilities, ScreenSettings settings, TimeProvider clock)
{
    // How long a lone ESC waits for the rest of a key.
    private static readonly TimeSpan EscapeTime = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan RemoteEscapeTime = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan ReplyTime = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan RemoteReplyTime = TimeSpan.FromSeconds(1);

    private readonly InputDecoder decoder = new();
    private readonly Interview interview = new(clock, abilities.IsRemote ? RemoteReplyTime : ReplyTime) { IsPlanned = abilities.Answers };

    private bool hasBegun;

    /// <summary>Whether the mouse is the program's from the start.</summary>
    public bool StartsWithMouse => settings.UsesMouse;

    /// <summary>How things look by what is known now.</summary>
    public Look Look => Look.Of(abilities, settings, interview);

    /// <summary>How long the next input is waited for before <see cref="Hear"/>; null for ever.</summary>
    public TimeSpan? Patience => !decoder.IsWaiting ? null
        : decoder.ExpectsReplies ? (abilities.IsRemote ? RemoteReplyTime : ReplyTime)
        : abilities.IsRemote ? RemoteEscapeTime : EscapeTime;

    /// <summary>Asks, the first time.</summary>
    public void Begin(ITerminal terminal, Display display)
    {
        if (hasBegun || !abilities.Answers)
        {
            return;
        }

        hasBegun = true;
        interview.Asked();
        terminal.AwaitsReplies = true;
        display.Ask();
    }

    /// <summary>From bytes, or the time being up, to events.</summary>
    public void Hear(TerminalNews news, ReadOnlySpan<byte> bytes, List<InputEvent> events)
    {
        decoder.ExpectsReplies = interview.ExpectsReplies;
        if ((news & TerminalNews.Input) != 0)
        {
            decoder.Feed(bytes, events);
        }
        else if (news == TerminalNews.None)
        {
            decoder.Expire(events);
        }
    }

    /// <summary>Takes the terminal's answers out of the events. True when things may look different for them, or for their lack.</summary>
    public bool TakeReplies(List<InputEvent> events, ITerminal terminal)
    {
        var changes = interview.GivesUp();
        for (var i = 0; i < events.Count;)
        {
            if (events[i] is not InputEvent.Replied { Reply: var reply })
            {
                i++;
                continue;
            }

            events.RemoveAt(i);
            changes |= interview.Take(reply);
            Obey(reply, terminal);
        }

        return changes;
    }

    /// <summary>Before leaving: gives answers that are under way a moment, so that the shell does not get them.</summary>
    public void End(ITerminal terminal)
    {
        Span<byte> input = stackalloc byte[512];
        List<InputEvent> events = [];
        var began = clock.GetTimestamp();
        while (!interview.IsOver && Interview.FarewellTime - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            var news = terminal.Wait(input, left, out var read);
            Hear(news, input[..read], events);
            TakeReplies(events, terminal);
            if ((news & TerminalNews.Closed) != 0)
            {
                return;
            }
        }
    }

    private void Obey(TerminalReply reply, ITerminal terminal)
    {
        if (reply is TerminalReply.KeyboardProtocol && interview.OffersKeyboardProtocol)
        {
            terminal.UseKeyboardProtocol();
        }
        else if (interview.IsOver)
        {
            terminal.AwaitsReplies = false;
        }
    }
}
