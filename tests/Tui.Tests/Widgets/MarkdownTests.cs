using System.Collections.Immutable;
using System.Text;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Terminal;
using Registry.Tui.Widgets.Markdown;

namespace Registry.Tui.Tests.Widgets;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("# One\ntext\nmore\n\nTwo\n---\nend", "One||text more||Two||end")]
    [InlineData("a b c d e f g h i j k l m", "a b c d e f g h i j|k l m")]
    [InlineData("- one\n- two\n  more\n\n  para\n  - deep\n1. first\n10) tenth", "- one|- two more||  para|  - deep|1. first|10. tenth")]
    [InlineData("- [ ] open\n- [x] done", "- [ ] open|- [x] done")]
    [InlineData("```c\nint main(void) {  }\n```\nafter", "  int main(void) {|  }||after")]
    [InlineData("    indented\n\n    code\n\nafter", "  indented||  code||after")]
    [InlineData("> a quote\ngoes on\n> - list", "│ a quote goes on|│ - list")]
    [InlineData("| a | b |\n|---|:-:|\n| 1 | two |", "a  b|──────|1  two")]
    [InlineData("a **bold** *em* `co*de*` ~~no~~ 2 * 3 * 4 snake_case_x", "a bold em co*de* no|2 * 3 * 4|snake_case_x")]
    [InlineData("[text](https://x.example) [ref] [rel](../a.md)\n\n[ref]: https://y.example", "text ref rel")]
    [InlineData("![a logo](logo.png) <img src=x alt=\"more\">", "[a logo] [more]")]
    [InlineData("<p align=center><b>bold</b> &amp; <a href='https://z.example'>link</a><br>new</p>", "bold & link|new")]
    [InlineData("<!-- not\nshown -->\nshown <!-- no -->yes", "shown yes")]
    [InlineData("a \\* b \\[c\\] \\<d\\>", "a * b [c] <d>")]
    [InlineData("line  \nbreak\\\nagain", "line|break|again")]
    [InlineData("***\ntext", "────────────────────||text")]
    [InlineData("色彩色彩色彩色彩色彩色彩 end", "色彩色彩色彩色彩色彩|色彩 end")]
    [InlineData("👩‍👩‍👧 family 👍🏽", "👩‍👩‍👧 family 👍🏽")]
    [InlineData("averyveryverylongwordthatdoesnotfit", "averyveryverylongwor|dthatdoesnotfit")]
    [InlineData("", "")]
    [InlineData("-\n- \n*", "-|-|-")]
    public void Markdown_is_read_like_this(string markdown, string expected) =>
        Assert.Equal(expected, string.Join('|', MarkdownText.Render(markdown, 20).Select(line => line.Text.TrimEnd())));

    [Fact]
    public void Links_know_where_they_lead_and_emphasis_how_it_looks()
    {
        var line = MarkdownText.Render("see [**the** site](https://x.example/a) or https://y.example.", 60)[0];

        Assert.Equal(["https://x.example/a", "https://x.example/a", "https://y.example"], line.Runs.Select(run => run.Link).OfType<string>());
        Assert.Equal(Emphasis.Strong | Emphasis.Underline, line.Runs.First(run => run.Text == "the").Style.Emphasis);
        Assert.Equal("see the site or https://y.example.", line.Text);
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](https://a.example/\u001b]8;;)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("<a href=\"data:text/html,x\">x</a>")]
    public void Other_addresses_lead_nowhere(string markdown) =>
        Assert.All(MarkdownText.Render(markdown, 40).SelectMany(line => line.Runs), run => Assert.Null(run.Link));

    public static TheoryData<string> Hostile =>
    [
        new string('>', 200_000), string.Concat(Enumerable.Repeat("*a ", 60_000)), new string('[', 200_000), string.Concat(Enumerable.Repeat("[a](", 60_000)),
        string.Concat(Enumerable.Repeat("<a ", 60_000)), string.Concat(Enumerable.Repeat("|", 60_000)) + "\n" + string.Concat(Enumerable.Repeat("|-", 60_000)),
        string.Concat(Enumerable.Range(0, 400).Select(i => new string(' ', i * 2) + "- a\n")), string.Concat(Enumerable.Range(1, 500).Select(i => new string('`', i) + "a")),
        string.Concat(Enumerable.Repeat("\u001b[2J\u001b[H\u0007\u009b31m\u202e evil\r\u0008\n", 2_000)), string.Concat(Enumerable.Repeat("a\n", 100_000)),
        string.Concat(Enumerable.Repeat("e\u0301\u0301\u0301", 40_000)), "&#27;[31m &#x9b;2J &#10; &#0; &bogus;", new string('\ud800', 1000), "| a |\n|-|\n" + string.Concat(Enumerable.Repeat("| x |\n", 20_000)),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_readme_is_bounded_and_only_fills_cells(string markdown)
    {
        var lines = MarkdownText.Render(markdown, 40);

        Assert.InRange(lines.Length, 0, MarkdownText.LinesMax + 2);
        Assert.All(lines, line => Assert.InRange(RunWrap.Measure(line.Runs), 0, 64));
        var frame = new Frame(new GlyphTable(), 40, 12);
        StyledLine.Draw(new Canvas(frame), lines, 0);
        var text = frame.Text();
        Assert.Equal(12, text.Count(c => c == '\n'));
        Assert.DoesNotContain(text.ReplaceLineEndings("").EnumerateRunes(), rune => Rune.IsControl(rune) || rune.Value is 0x202e);
    }

    [Fact]
    public void Drawing_the_same_lines_again_allocates_nothing()
    {
        var lines = MarkdownText.Render("# Title\n\ntext with **bold** and [links](https://x.example)\n\n- 色彩\n", 40);
        var frame = new Frame(new GlyphTable(), 40, 12);
        Draw(frame, lines);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Draw(frame, lines);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Draw(Frame frame, ImmutableArray<StyledLine> lines) => StyledLine.Draw(new Canvas(frame), lines, 0);
}
