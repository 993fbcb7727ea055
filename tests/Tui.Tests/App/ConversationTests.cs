using Registry.Tui.App;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.App;

public sealed class ConversationTests : IDisposable
{
    private const string Answers = "\e[2;2R\e[2;3R\e]11;rgb:ffff/ffff/ffff\e\\\e[?2026;2$y\e[?2027;0$y\e[?2031;0$y\e[?62;22c";

    private readonly ScriptedTerminal terminal = new();
    private readonly List<InputEvent> events = [];

    public void Dispose() => terminal.Dispose();

    [Fact]
    public void The_terminal_is_asked_once_and_its_answers_are_no_keys()
    {
        var talk = Talk(Able);
        terminal.Says("j" + Answers + "k");
        Assert.Equal("j k", Hear(talk));
        Assert.Equal("light", talk.Look.Theme.Name);
        Assert.False(terminal.AwaitsReplies);
        Assert.Equal(2, terminal.Sent.ToString().Split("\e[c").Length);
    }

    [Fact]
    public void An_old_terminal_is_not_asked()
    {
        var talk = Talk(Able with { Answers = false });
        Assert.Equal("", terminal.Sent.ToString());
        Assert.False(terminal.AwaitsReplies);
        Assert.Equal(ColourDepth.Sixteen, talk.Look.Depth);
    }

    [Fact]
    public void Until_the_answers_come_nothing_is_coloured()
    {
        Assert.Equal(ColourDepth.Mono, Talk(Able).Look.Depth);
    }

    [Fact]
    public void A_terminal_that_does_not_answer_is_used_as_it_is_at_the_next_key()
    {
        var talk = Talk(Able);
        terminal.Says("j", afterMilliseconds: 400);
        Assert.Equal("j", Hear(talk));
        Assert.Equal(ColourDepth.Sixteen, talk.Look.Depth);
    }

    [Fact]
    public void Answers_that_come_late_are_still_answers()
    {
        var talk = Talk(Able);
        terminal.Says("j", afterMilliseconds: 400).Says(Answers, afterMilliseconds: 3000);
        Assert.Equal("j", Hear(talk));
        Assert.Equal("", Hear(talk));
        Assert.Equal(("light", ColourDepth.True), (talk.Look.Theme.Name, talk.Look.Depth));
    }

    [Fact]
    public void The_keyboard_protocol_is_used_where_it_is_offered()
    {
        var talk = Talk(Able);
        Hear(talk);
        Assert.False(terminal.UsesKeyboardProtocol);
        terminal.Says("\e[?0u");
        Hear(talk);
        Assert.True(terminal.UsesKeyboardProtocol);
    }

    [Fact]
    public void A_lone_ESC_waits_longer_while_it_may_begin_an_answer_and_on_another_machine()
    {
        Assert.Equal([150, 25], EscapeTimes(Able));
        Assert.Equal([1000, 60], EscapeTimes(Able with { IsRemote = true }));
    }

    [Fact]
    public void Leaving_waits_for_answers_under_way_and_no_longer_than_50_ms()
    {
        var talk = Talk(Able);
        terminal.Says("\e]11;rgb:0/0/0", 20).Says("\e\\\e[?62c", 20).Says("ls\r", 20);
        talk.End(terminal);
        Assert.False(terminal.AwaitsReplies);
        Assert.Equal(40, terminal.GetElapsedTime(0).TotalMilliseconds);

        using var silent = new ScriptedTerminal();
        var other = new Conversation(Able, ScreenSettings.Usual, silent);
        other.Begin(silent, new Display(silent, other.Look));
        other.End(silent);
        Assert.True(silent.AwaitsReplies);
        Assert.Equal(50, silent.GetElapsedTime(0).TotalMilliseconds);
    }

    private static TerminalAbilities Able => new(ColourDepth.True, true, false);

    private Conversation Talk(TerminalAbilities abilities)
    {
        var talk = new Conversation(abilities, ScreenSettings.Usual, terminal);
        var display = new Display(terminal, talk.Look);
        talk.Begin(terminal, display);
        talk.Begin(terminal, display);
        return talk;
    }

    private List<int> EscapeTimes(TerminalAbilities abilities)
    {
        using var other = new ScriptedTerminal();
        var talk = new Conversation(abilities, ScreenSettings.Usual, other);
        talk.Begin(other, new Display(other, talk.Look));
        List<int> times = [];
        talk.Hear(TerminalNews.Input, "\e"u8, events);
        times.Add((int)talk.Patience!.Value.TotalMilliseconds);
        talk.Hear(TerminalNews.None, [], events);
        talk.Hear(TerminalNews.Input, "\e[?62c"u8, events);
        talk.TakeReplies(events, other);
        talk.Hear(TerminalNews.Input, "\e"u8, events);
        times.Add((int)talk.Patience!.Value.TotalMilliseconds);
        return times;
    }

    private string Hear(Conversation talk)
    {
        Span<byte> input = stackalloc byte[512];
        var news = terminal.Wait(input, talk.Patience, out var read);
        events.Clear();
        talk.Hear(news, input[..read], events);
        talk.TakeReplies(events, terminal);
        Assert.DoesNotContain(events, happened => happened is InputEvent.Replied);
        return string.Join(' ', events.OfType<InputEvent.KeyPress>().Select(key => key.Plain));
    }
}
