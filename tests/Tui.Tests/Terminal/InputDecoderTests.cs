using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

public sealed class InputDecoderTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("é你👍", "é 你 👍")]
    [InlineData("\r", "Enter")]
    [InlineData("\t", "Tab")]
    [InlineData("\u007f", "Backspace")]
    [InlineData("\u0003", "^c")]
    [InlineData("\u001a", "^z")]
    [InlineData("\0", "^ ")]
    [InlineData("\e[A", "Up")]
    [InlineData("\eOA", "Up")]
    [InlineData("\e[1;5C", "^Right")]
    [InlineData("\e[1;4H", "+!Home")]
    [InlineData("\e[Z", "+Tab")]
    [InlineData("\e[3~", "Delete")]
    [InlineData("\e[6;2~", "+PageDown")]
    [InlineData("\eOP\e[15~\e[24~\e[[B", "F1 F5 F12 F2")]
    [InlineData("\e[97;5u", "^a")]
    [InlineData("\e[27u", "Escape")]
    [InlineData("\e[27;5;13~", "^Enter")]
    [InlineData("\ex", "!x")]
    [InlineData("\e\e[A", "Escape Up")]
    [InlineData("\e[<0;5;7M\e[<0;5;7m", "Press(4,6) Release(4,6)")]
    [InlineData("\e[<64;1;1M\e[<65;1;1M\e[<32;2;2M", "WheelUp(0,0) WheelDown(0,0) Drag(1,1)")]
    [InlineData("\e[I\e[O", "Focus(True) Focus(False)")]
    [InlineData("\e[200~a\r\nb\u0007\e[31mc\e[201~x", "Paste(a\nb[31mc) x")]
    public void Bytes_become_events(string input, string expected) => Assert.Equal(expected, Decode(Encoding.UTF8.GetBytes(input)));

    [Theory]
    [InlineData("\e]11;rgb:1e1e/2f2f/3030\e\\k", "<Ground 1E2F30> k")]
    [InlineData("\e]11;rgb:1e1e/1e1e/1e1e\u0007k", "<Ground 1E1E1E> k")]
    [InlineData("\e]11;rgba:f/ff/fff/ffff\u0007k", "<Ground FFFFFF> k")]
    [InlineData("\e]11;rgb:1e1e/1e1e\u0007k", "k")]
    [InlineData("\e]11;rgb:xx/yy/zz\u0007k", "k")]
    [InlineData("\e]52;c;c2VjcmV0\u0007k", "k")]
    [InlineData("\eP1$r0m\e\\k", "k")]
    [InlineData("\e[?62;4ck", "<Attributes> k")]
    [InlineData("\e[?2026;2$yk", "<Mode 2026=2> k")]
    [InlineData("\e[?0uk", "<KeyboardProtocol> k")]
    [InlineData("\e[?997;2nk", "<Scheme light> k")]
    [InlineData("\e[?997;9nk", "k")]
    [InlineData("\e[12;40Rk", "<CursorAt 39,11> k")]
    [InlineData("\e[1;2Rk", "+F3 k")]
    public void Replies_of_the_terminal_are_never_keys(string input, string expected) => Assert.Equal(expected, Decode(Encoding.UTF8.GetBytes(input)));

    [Fact]
    public void A_lone_ESC_is_the_Escape_key_when_nothing_follows()
    {
        var events = new List<InputEvent>();
        var decoder = new InputDecoder();
        decoder.Feed("\e"u8, events);
        Assert.Empty(events);
        Assert.True(decoder.IsWaiting);
        decoder.Expire(events);
        Assert.Equal("Escape", Show(events));
        Assert.False(decoder.IsWaiting);
    }

    [Fact]
    public void Alt_with_a_letter_that_begins_a_string_does_not_swallow_what_follows()
    {
        var events = new List<InputEvent>();
        var decoder = new InputDecoder();
        decoder.Feed("\eP"u8, events);
        decoder.Expire(events);
        decoder.Feed("k"u8, events);
        Assert.Equal("k", Show(events));
    }

    [Fact]
    public void A_paste_is_bounded()
    {
        var events = new List<InputEvent>();
        var decoder = new InputDecoder();
        decoder.Feed("\e[200~"u8, events);
        for (var i = 0; i < 40; i++)
        {
            decoder.Feed(new byte[64 * 1024].Select(_ => (byte)'x').ToArray(), events);
        }

        decoder.Feed("\e[201~"u8, events);
        Assert.Equal(PastedText.MaxLength, Assert.IsType<InputEvent.Pasted>(Assert.Single(events)).Text.Length);
    }

    [Fact]
    public void Any_bytes_cut_anywhere_give_the_same_events() => PresenterTests.Law(seed =>
    {
        var bytes = RandomBytes(new Random(seed));
        var whole = Decode(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(whole, Decode(bytes[..cut], bytes[cut..]));
        }

        Assert.Equal(whole, Decode([.. bytes.Select(b => new[] { b })]));
    });

    [Fact]
    public void After_any_garbage_keys_are_keys_again() => PresenterTests.Law(seed =>
    {
        var events = new List<InputEvent>();
        var decoder = new InputDecoder();
        decoder.Feed(RandomBytes(new Random(seed)), events);
        decoder.Feed("\e[201~\e[201~"u8, events);
        decoder.Expire(events);
        events.Clear();
        decoder.Feed("\e[Bq"u8, events);
        Assert.Equal("Down q", Show(events));
    });

    [Theory]
    [InlineData("\e]11;rgb:1e1e/1e1e/1e1e\e\\")]
    [InlineData("\e]11;rgb:1e1e/1e1e/1e1e\u0007")]
    [InlineData("\e[?62;4c")]
    [InlineData("\e[?2026;2$y")]
    [InlineData("\e[?31u")]
    [InlineData("\e[2;3R")]
    public void An_answer_that_comes_in_two_parts_is_no_key_while_one_is_expected(string reply)
    {
        // The ESC alone is the one that cannot be told from the key; the wait for it is longer then.
        for (var cut = 3; cut < reply.Length; cut++)
        {
            var events = new List<InputEvent>();
            var decoder = new InputDecoder { ExpectsReplies = true };
            decoder.Feed(Encoding.ASCII.GetBytes(reply[..cut]), events);
            decoder.Expire(events);
            Assert.True(!decoder.IsWaiting || reply[..cut].EndsWith('\e'));
            decoder.Feed(Encoding.ASCII.GetBytes(reply[cut..] + "k"), events);
            Assert.Equal(2, events.Count);
            Assert.IsType<InputEvent.Replied>(events[0]);
            Assert.Equal("k", Show([events[1]]));
        }
    }

    [Fact]
    public void Answers_anywhere_between_keys_change_no_key() => PresenterTests.Law(seed =>
    {
        var random = new Random(seed);
        string[] keys = ["a", "\e[A", "\r", "é", "\e[<0;5;7M", "\e[200~paste\e[201~", "\e[15~", "\u0003"];
        string[] answers = ["\e]11;rgb:0/0/0\a", "\e[?62c", "\e[?2027;0$y", "\e[?1u", "\e[2;2R", "\e[?997;1n", "\eP>|term 1\e\\", "\e_Gi=1;OK\e\\"];
        var typed = new StringBuilder();
        var received = new StringBuilder();
        for (var i = 0; i < 12; i++)
        {
            var key = keys[random.Next(keys.Length)];
            typed.Append(key);
            received.Append(answers[random.Next(answers.Length)]).Append(key);
        }

        var bytes = Encoding.UTF8.GetBytes(received.ToString());
        var cut = random.Next(bytes.Length);
        var events = new List<InputEvent>();
        var decoder = new InputDecoder();
        decoder.Feed(bytes.AsSpan(0, cut), events);
        decoder.Feed(bytes.AsSpan(cut), events);
        Assert.Equal(Decode(Encoding.UTF8.GetBytes(typed.ToString())), Show([.. events.Where(e => e is not InputEvent.Replied)]));
    });

    private static byte[] RandomBytes(Random random)
    {
        string[] pieces = ["\e", "[", "O", "\e[", "200~", "\e[200~", "\e[201~", "201~", "<", "0;3;4", "M", "m", ";", ":", "5", "A", "~", "u", "é", "👍", "\r", "]", "P", "\e\\", "\a", "x", "1;5", "\0", "?", "[[", "\e]11;rgb:", "1e/", "?2026;2$y", "R", "\e[?", "c"];
        var bytes = new List<byte>();
        for (var i = random.Next(24); i > 0; i--)
        {
            if (random.Next(6) == 0)
            {
                bytes.Add((byte)random.Next(256));
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
            }
        }

        return [.. bytes];
    }

    private static string Decode(params byte[][] reads)
    {
        var events = new List<InputEvent>();
        var decoder = new InputDecoder();
        foreach (var read in reads)
        {
            decoder.Feed(read, events);
        }

        return Show(events);
    }

    private static string Show(List<InputEvent> events) => string.Join(' ', events.Select(Show));

    private static string Show(InputEvent input) => input switch
    {
        InputEvent.KeyPress key => Show(key.Modifiers) + (key.Key == Key.Character ? key.Rune.ToString() : key.Key.ToString()),
        InputEvent.Pasted pasted => $"Paste({pasted.Text})",
        InputEvent.Mouse mouse => $"{mouse.Action}({mouse.X},{mouse.Y})",
        InputEvent.FocusChanged focus => $"Focus({focus.Focused})",
        InputEvent.Replied { Reply: TerminalReply.Ground ground } => $"<Ground {ground.Rgb:X6}>",
        InputEvent.Replied { Reply: TerminalReply.Mode m } => $"<Mode {m.Number}={m.State}>",
        InputEvent.Replied { Reply: TerminalReply.Scheme scheme } => $"<Scheme {(scheme.IsLight ? "light" : "dark")}>",
        InputEvent.Replied { Reply: TerminalReply.CursorAt at } => $"<CursorAt {at.X},{at.Y}>",
        InputEvent.Replied replied => $"<{replied.Reply.GetType().Name}>",
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    private static string Show(KeyModifiers modifiers) =>
        (modifiers.HasFlag(KeyModifiers.Shift) ? "+" : "") + (modifiers.HasFlag(KeyModifiers.Alt) ? "!" : "") + (modifiers.HasFlag(KeyModifiers.Control) ? "^" : "");
}
