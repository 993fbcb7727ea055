using Registry.Tui.Headless.Output;

namespace Registry.Tui.Tests.Headless;

/// <summary>Nothing that a terminal would obey gets out, whoever forgot to look at a text.</summary>
public sealed class PaintTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("made /tmp/d\u001b[31mx/cairn.toml", "made /tmp/d\\u001B[31mx/cairn.toml")]
    [InlineData("a\u009b5m\u202e\r\u0007", "a\\u009B5m\\u202E\\u000D\\u0007")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("\U0001f4e6 \u001b]0;title", "\U0001f4e6 \\u001B]0;title")]
    public void Controls_are_shown_and_not_sent(string text, string shown)
    {
        Assert.Equal(shown, Paint.Plain.Safe(text));
        Assert.Equal(shown.Replace("\\u001B[31m", "\u001b[31m", StringComparison.Ordinal), Paint.Colours.Safe(text));
    }

    [Fact]
    public void Our_own_colours_stay() =>
        Assert.Equal("\u001b[31mred\u001b[0m and \\u001B[5m", Paint.Colours.Safe($"{Paint.Colours.Red("red")} and \u001b[5m"));
}
