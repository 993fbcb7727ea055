using System.Globalization;
using System.Text;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Tests.Widgets;

public sealed class WidgetTests
{
    private static readonly Column[] Columns = [new("name", 12, 6, Share: 1), new("wanted", 7, 4), new("note", 10, 0)];

    [Theory]
    [InlineData(60, "39 7 10")]
    [InlineData(33, "12 7 10")]
    [InlineData(30, "12 7 7")]
    [InlineData(21, "12 7 0")]
    [InlineData(16, "10 4 0")]
    [InlineData(8, "8 0 0")]
    public void Columns_share_the_room_then_shrink_then_go(int room, string expected)
    {
        Span<int> widths = stackalloc int[3];
        Table.Arrange(Columns, room, widths);
        Assert.Equal(expected, string.Join(' ', widths.ToArray()));
    }

    [Fact]
    public void A_list_of_any_length_draws_only_its_view()
    {
        var frame = new Frame(new GlyphTable(), 20, 4);
        ListView.Draw(new Canvas(frame), new Numbers(10_000), new ScrollState(5_000, 4_998), Focus.Here);
        Assert.Equal(" row 4998\n row 4999          █\n>row 5000\n row 5001\n", frame.Text());
        Assert.Equal((0, 2), (frame.CursorX, frame.CursorY));
    }

    [Fact]
    public void The_selected_row_is_always_in_view() => PresenterTests.Law(seed =>
    {
        var random = new Random(seed);
        int count = random.Next(1, 50), height = random.Next(1, 12);
        var scroll = ScrollState.Start;
        for (var i = 0; i < 20; i++)
        {
            scroll = random.Next(3) switch
            {
                0 => scroll.Move(random.Next(-9, 10), count),
                1 => scroll.Wheel(random.Next(-3, 4), count, height),
                _ => scroll.Select(random.Next(count), count),
            };
            scroll = scroll.InView(count, height);
            Assert.InRange(scroll.Selected, 0, count - 1);
            Assert.InRange(scroll.Selected - scroll.Top, 0, height - 1);
            Assert.InRange(scroll.Top, 0, Math.Max(0, count - height));
        }
    });

    [Theory]
    [InlineData(0, 100, 10, 0, 1)]
    [InlineData(1, 100, 10, 1, 1)]
    [InlineData(90, 100, 10, 9, 1)]
    [InlineData(89, 100, 10, 8, 1)]
    [InlineData(0, 20, 10, 0, 5)]
    [InlineData(10, 20, 10, 5, 5)]
    public void The_thumb_touches_an_end_only_when_the_list_does(int top, int count, int height, int start, int length) =>
        Assert.Equal((start, length), Scrollbar.Thumb(top, count, height));

    [Fact]
    public void Trees_have_lines()
    {
        var frame = new Frame(new GlyphTable(), 24, 5);
        TreeRow[] rows =
        [
            new(0, 0, 0, true), new(1, 1, 0, false), new(2, 2, 0b10, true), new(3, 1, 0, true), new(4, 2, 0, true),
        ];
        for (var y = 0; y < rows.Length; y++)
        {
            var row = new Canvas(frame).RowAt(y);
            row.Write(TreeGuides.Draw(row, rows[y]), 0, "n");
        }

        Assert.Equal("n\n├─ n\n│  └─ n\n└─ n\n   └─ n\n", frame.Text());
    }

    [Theory]
    [InlineData("the quick brown fox", 9, "the quick|brown fox")]
    [InlineData("word", 2, "wo|rd")]
    [InlineData("  indented text that wraps", 14, "  indented|  text that|  wraps")]
    [InlineData("a\n\nb", 9, "a||b")]
    [InlineData("你好 世界", 5, "你好|世界")]
    [InlineData("你好", 1, "")]
    [InlineData("", 5, "")]
    public void Text_wraps_at_spaces(string text, int width, string expected)
    {
        var wrapped = new WrappedText(text, width);
        var frame = new Frame(new GlyphTable(), width, wrapped.Count);
        wrapped.Draw(new Canvas(frame));
        Assert.Equal(expected, frame.Text().TrimEnd('\n').Replace('\n', '|'));
    }

    [Theory]
    [InlineData("ab", "abX|")]
    [InlineData("héllo👍🏽<", "hélloX|👍🏽")]
    [InlineData("abc<<<-", "X|bc")]
    [InlineData("one two^w", "one X|")]
    [InlineData("one two^u", "X|")]
    [InlineData("one two^a^k", "X|")]
    [InlineData("👨‍👩‍👧b", "👨‍👩‍👧|", '\b', 1)]
    public void A_text_field_edits_by_clusters(string keys, string expected, char last = 'X', int times = 1)
    {
        var input = TextInput.Empty;
        for (var i = 0; i < keys.Length; i++)
        {
            input = keys[i] switch
            {
                '<' => input.After(new InputEvent.KeyPress(Key.Left))!,
                '-' => input.After(new InputEvent.KeyPress(Key.Delete))!,
                '^' => input.After(new InputEvent.KeyPress(Key.Character, new Rune(keys[++i]), KeyModifiers.Control))!,
                _ => input.Insert(keys[i].ToString()),
            };
        }

        for (var i = 0; i < times; i++)
        {
            input = last == '\b' ? input.After(new InputEvent.KeyPress(Key.Backspace))! : input.Insert(last.ToString());
        }

        Assert.Equal(expected, input.Text.Insert(input.Caret, "|"));
    }

    [Fact]
    public void A_paste_becomes_one_line_of_bounded_length()
    {
        var input = TextInput.Empty.After(new InputEvent.Pasted("a\nb\tc" + new string('x', 5000)))!;
        Assert.StartsWith("a b c", input.Text, StringComparison.Ordinal);
        Assert.Equal(TextInput.MaxLength, input.Text.Length);
    }

    [Fact]
    public void A_long_text_scrolls_so_that_the_caret_is_in_view()
    {
        var frame = new Frame(new GlyphTable(), 6, 1);
        TextField.Draw(new Canvas(frame), TextInput.Of("abcdefghij"), "", Focus.Here);
        Assert.Equal("fghij", frame.TextOfRow(0));
        Assert.Equal((5, true), (frame.CursorX, frame.CursorVisible));
    }

    [Fact]
    public void Chrome_widgets_look_like_this()
    {
        var frame = new Frame(new GlyphTable(), 46, 10);
        var canvas = new Canvas(frame);
        Tabs.Draw(canvas.RowAt(0), ["1 Project", "2 Tree", "3 Search"], 1);
        Gauge.Draw(canvas.RowAt(1), "fetch", 12, 48);
        KeyValues.Draw(canvas, 2, "Licence", "MIT");
        HintRow.Draw(canvas.RowAt(3), [new("Enter", "open"), new("w", "why"), new("W", "why not newer")], [new("?", "help")]);
        Popup.Draw(canvas.Part(new Rect(0, 4, 46, 6)), 30, 5, "Versions of 色彩", "Esc close").Write(0, 0, "inside");
        Assert.Equal(
            """
             1 Project  [2 Tree]  3 Search
            fetch      ██░░░░░░░░  12 of 48
            Licence    MIT
             Enter open  w why  W why not newer    ? help
                    ┌───── Versions of 色彩 ─────┐
                    │ inside                     │
                    │                            │
                    │                            │
                    └──────── Esc close ─────────┘
            """.ReplaceLineEndings("\n") + "\n\n",
            frame.Text());
        Assert.Equal([0, 1, 2, -1], [Tabs.At(["1 Project", "2 Tree", "3 Search"], 3), Tabs.At(["1 Project", "2 Tree", "3 Search"], 13), Tabs.At(["1 Project", "2 Tree", "3 Search"], 23), Tabs.At(["1 Project", "2 Tree", "3 Search"], 40)]);
    }

    [Fact]
    public void Drawing_steady_widgets_allocates_nothing()
    {
        var frame = new Frame(new GlyphTable(), 120, 36);
        string[] titles = ["1 Project", "2 Tree", "3 Search"];
        Hint[] hints = [new("Enter", "open"), new("w", "why")];
        var text = new WrappedText("A long text with 色彩 and 👨‍👩‍👧 in it.", 20);
        var input = TextInput.Of("typed 👍🏽");
        Draw();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Draw();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Draw()
        {
            frame.Clear();
            var canvas = new Canvas(frame);
            Tabs.Draw(canvas.RowAt(0), titles, 1);
            ListView.Draw(canvas.Part(new Rect(0, 1, 60, 30)), new Numbers(10_000), new ScrollState(500, 490), Focus.Here);
            text.Draw(canvas.Part(new Rect(62, 1, 20, 5)));
            TextField.Draw(canvas.Part(new Rect(62, 7, 20, 1)), input, "type", Focus.Elsewhere);
            Popup.Draw(canvas, 40, 10, "title", "keys");
            Gauge.Draw(canvas.RowAt(33), "fetch", 12, 48);
            HintRow.Draw(canvas.RowAt(35), hints, hints);
        }
    }

    private readonly struct Numbers(int count) : IRows
    {
        public int Count => count;

        public void Draw(Canvas row, int index)
        {
            Span<char> text = stackalloc char[12];
            index.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            row.Write(row.Write(0, 0, "row "), 0, text[..length]);
        }
    }
}
