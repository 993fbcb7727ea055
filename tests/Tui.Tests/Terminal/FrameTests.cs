using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

public sealed class FrameTests
{
    [Fact]
    public void A_cell_is_one_machine_word() => Assert.Equal(8, System.Runtime.CompilerServices.Unsafe.SizeOf<Cell>());

    [Fact]
    public void Writing_over_half_of_a_wide_glyph_blanks_the_other_half()
    {
        var frame = new Frame(new GlyphTable(), 6, 1);
        var canvas = new Canvas(frame);
        canvas.Write(0, 0, "你好");
        canvas.Write(1, 0, "x");
        Assert.Equal(" x好", frame.TextOfRow(0));
    }

    [Fact]
    public void A_wide_glyph_that_does_not_fit_becomes_a_blank()
    {
        var frame = new Frame(new GlyphTable(), 3, 1);
        new Canvas(frame).Write(0, 0, "ab好");
        Assert.Equal("ab", frame.TextOfRow(0));
    }

    [Fact]
    public void Nothing_is_drawn_outside_a_part()
    {
        var frame = new Frame(new GlyphTable(), 6, 3);
        var part = new Canvas(frame).Part(new Rect(1, 1, 3, 1));
        part.Write(-1, 0, "abcdefgh");
        part.Write(0, 1, "below");
        part.Write(0, -1, "above");
        Assert.Equal(["", " bcd", ""], [frame.TextOfRow(0), frame.TextOfRow(1), frame.TextOfRow(2)]);
    }

    [Fact]
    public void Text_too_long_for_its_field_ends_in_a_sign()
    {
        var frame = new Frame(new GlyphTable(), 12, 1);
        var canvas = new Canvas(frame);
        var next = canvas.WriteFitted(0, 0, 6, "very long name");
        canvas.Write(next, 0, "|");
        Assert.Equal("very …|", frame.TextOfRow(0));
    }

    [Fact]
    public void Every_wide_glyph_is_whole_whatever_is_drawn() => PresenterTests.Law(seed =>
    {
        var frame = new RandomFrames(seed).Next(12, 3);
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                Assert.True(row[x].Width != 2 || (x + 1 < row.Length && row[x + 1].IsTail));
                Assert.True(!row[x].IsTail || (x > 0 && row[x - 1].Width == 2));
            }
        }
    });
}
