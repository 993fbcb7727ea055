using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

public sealed class ThemeTests
{
    // Web Content Accessibility Guidelines 2.2, level AA, for text.
    private const double ContrastMin = 4.5;

    [Fact]
    public void Every_colour_is_readable_on_its_ground_and_on_the_selection()
    {
        foreach (var ink in Enum.GetValues<Ink>().Where(ink => ink is not (Ink.Default or Ink.Selection)))
        {
            Assert.True(Contrast(Theme.Dark[ink].Rgb, 0x1E1E1E) >= ContrastMin, $"dark {ink}");
            Assert.True(Contrast(Theme.Dark[ink].Rgb, Theme.Dark[Ink.Selection].Rgb) >= ContrastMin, $"dark {ink} selected");
            Assert.True(Contrast(Theme.Light[ink].Rgb, 0xFFFFFF) >= ContrastMin, $"light {ink}");
            Assert.True(Contrast(Theme.Light[ink].Rgb, Theme.Light[Ink.Selection].Rgb) >= ContrastMin, $"light {ink} selected");
        }
    }

    [Theory]
    [InlineData("TERM=xterm-256color;LANG=C.UTF-8", "Indexed True False")]
    [InlineData("TERM=xterm-256color;COLORTERM=truecolor;LANG=C.UTF-8", "True True False")]
    [InlineData("TERM=xterm-256color;NO_COLOR=1;LANG=C.UTF-8", "Mono True False")]
    [InlineData("TERM=xterm-256color;NO_COLOR=;LANG=C.UTF-8", "Indexed True False")]
    [InlineData("TERM=linux;LC_ALL=C;LANG=C.UTF-8", "Sixteen False False")]
    [InlineData("TERM=xterm;COLORFGBG=0;15;LANG=en_GB.utf8", "Sixteen True True")]
    [InlineData("TERM=xterm;COLORFGBG=15;0;LANG=en_GB.utf8", "Sixteen True False")]
    public void The_environment_says_what_the_terminal_can(string variables, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the C library's variables");
        // A semicolon inside a value (COLORFGBG) is not followed by a name and `=`.
        var pairs = System.Text.RegularExpressions.Regex.Matches(variables, "([A-Z_]+)=((?:(?!;[A-Z_]+=).)*)")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var abilities = TerminalAbilities.From(name => pairs.GetValueOrDefault(name));
        Assert.Equal(expected, $"{abilities.Colours} {abilities.Unicode} {abilities.LightGround}");
    }

    [Fact]
    public void The_guardian_gives_back_what_leaving_gives_back()
    {
        var leave = System.Text.Encoding.ASCII.GetString(ScreenModes.Leave).Replace("\e", "\\033", StringComparison.Ordinal);
        Assert.Contains($"printf '{leave}'", Guardian.Script, StringComparison.Ordinal);
    }

    private static double Contrast(int a, int b)
    {
        double first = Luminance(a), second = Luminance(b);
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(int rgb) =>
        (0.2126 * Linear((rgb >> 16) & 255)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));

    private static double Linear(int channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
