using System.Globalization;
using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

public sealed class ClustersTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("", 0)]
    [InlineData("你好", 4)]
    [InlineData("色彩-kit", 8)]
    [InlineData("📦", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("❤", 1)]
    [InlineData("❤️", 2)]
    [InlineData("⚠️", 2)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("🇳🇱", 2)]
    [InlineData("🇳🇱🇧🇪", 4)]
    [InlineData("👍🏽", 2)]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2)]
    [InlineData("1️⃣", 2)]
    [InlineData("한글", 4)]
    [InlineData("한", 2)]
    [InlineData("ｶﾅ", 2)]
    [InlineData("✓✗▸│─├└…", 8)]
    [InlineData("\u0301", 0)]
    public void Text_takes_its_columns(string text, int columns) => Assert.Equal(columns, Clusters.Measure(text));

    [Theory]
    [InlineData("\e[31mred", "␛[31mred")]
    [InlineData("a\nb", "a␊b")]
    [InlineData("a\tb", "a b")]
    [InlineData("\u009b31m", "␦31m")]
    [InlineData("safe\u202Etxt.exe", "safe␦txt.exe")]
    [InlineData("\u2066x\u2069", "␦x␦")]
    [InlineData("zero\u200Bwidth", "zero␦width")]
    [InlineData("\uFEFFbom", "␦bom")]
    [InlineData("\u007f", "␡")]
    [InlineData("\u2028", "␦")]
    public void What_could_act_or_hide_is_shown(string text, string expected) => Assert.Equal(expected, Shown(text));

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_a_sign() => Assert.Equal("half ␦", Shown("half \uD83D"));

    [Fact]
    public void Nothing_that_reaches_a_cell_is_a_control_character()
    {
        for (var value = 0; value < 0x11000; value++)
        {
            if (!Rune.IsValid(value))
            {
                continue;
            }

            var clusters = new Clusters(new Rune(value).ToString());
            Assert.True(clusters.Next());
            Rune.DecodeFromUtf16(clusters.Shown, out var shown, out _);
            Assert.False(Rune.GetUnicodeCategory(shown) is UnicodeCategory.Control or UnicodeCategory.Format, $"U+{value:X4}");
            Assert.InRange(clusters.Width, 0, 2);
        }
    }

    [Fact]
    public void The_width_table_agrees_with_the_runtime_about_marks_and_scripts()
    {
        for (var value = 0x300; value < 0x20000; value++)
        {
            if (!Rune.IsValid(value))
            {
                continue;
            }

            var category = Rune.GetUnicodeCategory(new Rune(value));
            var width = WidthTable.WidthOf(new Rune(value));
            Assert.True(category is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) || width == 0, $"mark U+{value:X4}");
            Assert.True(value is not ((>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0x1F600 and <= 0x1F64F)) || width == 2, $"wide U+{value:X4}");
            Assert.True(value is not ((>= 0x370 and <= 0x10FF) or (>= 0x2500 and <= 0x25FC) or (>= 0x2800 and <= 0x28FF)) || width <= 1, $"narrow U+{value:X4}");
        }
    }

    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        var clusters = new Clusters(text);
        while (clusters.Next())
        {
            shown.Append(clusters.Shown);
        }

        return shown.ToString();
    }

    [Fact]
    public void Absurd_clusters_keep_their_first_code_point()
    {
        var glyphs = new GlyphTable();
        Assert.Equal('e', glyphs.Intern("e" + new string('\u0301', 500)));
    }
}
