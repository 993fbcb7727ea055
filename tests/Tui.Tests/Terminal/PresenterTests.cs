using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

public sealed class PresenterTests
{
    [Fact]
    public void The_change_from_A_to_B_drawn_on_A_gives_B() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        int width = 1 + (seed % 30), height = 1 + (seed % 5);
        var (a, b) = (frames.Next(width, height), frames.Next(width, height));
        AssertShows(b, Present(a, b, frames.Near(b), splitsClusters: false, out var c), c);
    });

    [Fact]
    public void A_new_size_is_drawn_from_nothing() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        var b = frames.Next(1 + (seed % 30), 1 + (seed % 5));
        var screen = new VirtualScreen(b.Width, b.Height);
        screen.Feed(NewPresenter().Everything(b).Span);
        AssertShows(b, screen, b);
    });

    [Fact]
    public void A_terminal_with_other_ideas_about_clusters_still_gets_every_other_cell_right() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        var (a, b) = (frames.Next(30, 3), frames.Next(30, 3));
        var screen = Present(a, b, b, splitsClusters: true, out _);
        for (var y = 0; y < b.Height; y++)
        {
            AssertRowBehindClusters(b, screen, y);
        }
    });

    [Fact]
    public void After_a_storm_of_sizes_the_screen_shows_the_last_frame() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        var presenter = NewPresenter();
        var random = new Random(seed);
        for (var i = 0; i < 6; i++)
        {
            var frame = frames.Next(1 + random.Next(40), 1 + random.Next(6));
            var screen = new VirtualScreen(frame.Width, frame.Height);
            screen.Feed(presenter.Everything(frame).Span);
            var next = frames.Near(frame);
            screen.Feed(presenter.Change(frame, next).Span);
            AssertShows(next, screen, next);
        }
    });

    [Fact]
    public void Another_look_is_drawn_over_the_same_frame_without_blanking_it() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        var frame = frames.Next(1 + (seed % 30), 1 + (seed % 5));
        var screen = new VirtualScreen(frame.Width, frame.Height);
        screen.Feed(new Presenter(new Look(Theme.Dark, ColourDepth.Mono, GlyphSet.Unicode) { HasLinks = true }).Everything(frame).Span);
        var again = NewPresenter().Again(frame);
        Assert.DoesNotContain("\e[2J", Encoding.UTF8.GetString(again.Span), StringComparison.Ordinal);
        screen.Feed(again.Span);
        AssertShows(frame, screen, frame);
    });

    [Fact]
    public void What_asks_the_terminal_leaves_the_frame_as_it_is() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        var frame = frames.Next(5 + (seed % 30), 2 + (seed % 5));
        var screen = new VirtualScreen(frame.Width, frame.Height);
        var presenter = NewPresenter();
        screen.Feed(presenter.Everything(frame).Span);
        var asked = Encoding.UTF8.GetString(presenter.Ask(frame).Span);
        var questions = Encoding.UTF8.GetString(Interview.Questions);
        Assert.EndsWith(questions, asked, StringComparison.Ordinal);
        screen.Feed(Encoding.UTF8.GetBytes(asked[..^questions.Length].Replace("\e[6n", "", StringComparison.Ordinal)));
        AssertShows(frame, screen, frame);
    });

    [Theory]
    [InlineData("https://example.com/a?b=c;d", true)]
    [InlineData("http://example.com", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://example.com/\e]0;title\u0007", false)]
    [InlineData("https://example.com/ two words", false)]
    [InlineData("https://exämple.com/", false)]
    public void Only_plain_web_addresses_become_links(string address, bool expected) => Assert.Equal(expected, new LinkTable().Intern(address) > 0);

    [Fact]
    public void The_table_of_links_is_bounded()
    {
        var links = new LinkTable();
        for (var i = 0; i < LinkTable.Max + 10; i++)
        {
            links.Intern($"https://example.com/{i}");
        }

        Assert.Equal(0, links.Intern("https://example.com/one-more"));
        Assert.Equal(0, links.Intern("https://example.com/" + new string('x', 5000)));
        Assert.Equal(LinkTable.Max, links.Intern($"https://example.com/{LinkTable.Max - 1}"));
    }

    [Fact]
    public void A_text_is_copied_in_one_sequence_up_to_a_size()
    {
        Assert.Equal("\e]52;c;w6ljYWlybgo=\e\\", Encoding.ASCII.GetString(Clipboard.Copy("écairn\n")));
        Assert.Equal(Clipboard.EncodedBytesMax - 2, Clipboard.Copy(new string('x', Clipboard.EncodedBytesMax / 4 * 3)).Length - "\e]52;c;\e\\".Length);
        Assert.Empty(Clipboard.Copy(new string('x', (Clipboard.EncodedBytesMax / 4 * 3) + 1)));
    }

    [Fact]
    public void Equal_frames_give_no_bytes() => Law(seed =>
    {
        var frames = new RandomFrames(seed);
        var a = frames.Next(20, 4);
        Assert.True(NewPresenter().Change(a, a).IsEmpty);
    });

    [Fact]
    public void A_frame_is_one_write_within_its_marks()
    {
        var glyphs = new GlyphTable();
        var (a, b) = (new Frame(glyphs, 20, 1), new Frame(glyphs, 20, 1));
        new Canvas(b).Write(2, 0, "x", Style.Strong);
        Assert.Equal("␛[?2026h␛[?25l␛[0m␛[1;3H␛[0;1mx␛[0m␛[?2026l", Visible(NewPresenter().Change(a, b)));
    }

    [Fact]
    public void Near_changes_are_joined_and_far_ones_are_not()
    {
        var glyphs = new GlyphTable();
        var (a, b) = (new Frame(glyphs, 40, 1), new Frame(glyphs, 40, 1));
        new Canvas(b).Write(0, 0, "x   x", default);
        new Canvas(b).Write(30, 0, "y", default);
        Assert.Equal("␛[?2026h␛[?25l␛[0m␛[1;1Hx   x␛[1;31Hy␛[0m␛[?2026l", Visible(NewPresenter().Change(a, b)));
    }

    [Theory]
    [InlineData(ColourDepth.True, "0;1;38;2;251;133;117;48;2;43;54;69")]
    [InlineData(ColourDepth.Indexed, "0;1;38;5;210;48;5;237")]
    [InlineData(ColourDepth.Sixteen, "0;1;7;91")]
    [InlineData(ColourDepth.Mono, "0;1;7")]
    internal void One_theme_serves_every_colour_depth(ColourDepth depth, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        new StyleWriter(Theme.Dark, depth).Write(new Style(Ink.Problem, Ink.Selection, Emphasis.Strong), output);
        Assert.Equal($"\e[{expected}m", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Without_Unicode_our_signs_become_ASCII_of_the_same_width()
    {
        var glyphs = new GlyphTable();
        var (a, b) = (new Frame(glyphs, 20, 1), new Frame(glyphs, 20, 1));
        new Canvas(b).Write(0, 0, "├─ 你e\u0301 …│", default);
        var bytes = new Presenter(new Look(Theme.Dark, ColourDepth.Mono, GlyphSet.Ascii)).Change(a, b);
        Assert.Equal("␛[?2026h␛[?25l␛[0m␛[1;1H+- ? ? ~|␛[0m␛[?2026l", Visible(bytes));
    }

    [Fact]
    public void A_steady_frame_allocates_nothing()
    {
        var frames = new RandomFrames(7);
        var a = frames.Next(120, 36);
        var b = frames.Near(a);
        var presenter = NewPresenter();
        presenter.Change(a, b);
        presenter.Change(b, a);
        var before = GC.GetAllocatedBytesForCurrentThread();
        presenter.Change(a, b);
        presenter.Change(b, a);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static void Law(Action<int> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Presenter NewPresenter() => new(new Look(Theme.Dark, ColourDepth.Indexed, GlyphSet.Unicode) { HasLinks = true });

    private static VirtualScreen Present(Frame a, Frame b, Frame next, bool splitsClusters, out Frame last)
    {
        var screen = new VirtualScreen(a.Width, a.Height, splitsClusters);
        var presenter = NewPresenter();
        screen.Feed(presenter.Everything(a).Span);
        screen.Feed(presenter.Change(a, b).Span);
        screen.Feed(presenter.Change(b, next).Span);
        last = next;
        return screen;
    }

    private static void AssertShows(Frame expected, VirtualScreen screen, Frame last)
    {
        _ = expected;
        for (var y = 0; y < last.Height; y++)
        {
            for (var x = 0; x < last.Width; x++)
            {
                AssertCell(last, screen, x, y);
            }
        }

        Assert.Equal(last.CursorVisible, screen.CursorVisible);
        Assert.True(!last.CursorVisible || screen.Cursor == (last.CursorX, last.CursorY));
    }

    private static void AssertCell(Frame frame, VirtualScreen screen, int x, int y)
    {
        var cell = frame.Row(y)[x];
        var text = cell.IsTail ? "" : frame.Glyphs.TextOf(cell.Glyph);
        Assert.Equal((text, SequenceOf(cell.Style), (int)cell.Width, AddressOf(frame, cell.Link)), screen[x, y]);
    }

    // An old terminal may put parts of a cluster on its own columns, nowhere else.
    private static void AssertRowBehindClusters(Frame frame, VirtualScreen screen, int y)
    {
        for (var x = 0; x < frame.Width; x++)
        {
            var cell = frame.Row(y)[x];
            var ofCluster = GlyphTable.IsCluster(cell.Glyph) || (cell.IsTail && GlyphTable.IsCluster(frame.Row(y)[x - 1].Glyph));
            if (!ofCluster)
            {
                AssertCell(frame, screen, x, y);
            }
        }
    }

    private static string AddressOf(Frame frame, int link)
    {
        var output = new ArrayBufferWriter<byte>();
        frame.Glyphs.Links.Write(link, output);
        return Encoding.ASCII.GetString(output.WrittenSpan)[..^2].Split(';', 3)[2];
    }

    private static string SequenceOf(Style style)
    {
        var output = new ArrayBufferWriter<byte>();
        new StyleWriter(Theme.Dark, ColourDepth.Indexed).Write(style, output);
        return style == default ? "0" : Encoding.UTF8.GetString(output.WrittenSpan)[2..^1];
    }

    private static string Visible(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span).Replace('\e', '␛');
}
