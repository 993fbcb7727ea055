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
    [InlineData("\e]11;rgb:1e1e/1e1e/1e1e\e\\k", "k")]
    [InlineData("\e]11;rgb:1e1e/1e1e/1e1e\u0007k", "k")]
    [InlineData("\eP1$r0m\e\\k", "k")]
    [InlineData("\e[?62;4ck", "k")]
    [InlineData("\e[?2026;2$yk", "k")]
    [InlineData("\e[12;40Rk", "k")]
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

    private static byte[] RandomBytes(Random random)
    {
        string[] pieces = ["\e", "[", "O", "\e[", "200~", "\e[200~", "\e[201~", "201~", "<", "0;3;4", "M", "m", ";", ":", "5", "A", "~", "u", "é", "👍", "\r", "]", "P", "\e\\", "\a", "x", "1;5", "\0", "?", "[["];
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
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    private static string Show(KeyModifiers modifiers) =>
        (modifiers.HasFlag(KeyModifiers.Shift) ? "+" : "") + (modifiers.HasFlag(KeyModifiers.Alt) ? "!" : "") + (modifiers.HasFlag(KeyModifiers.Control) ? "^" : "");
}
