using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

public sealed class ThemeTests
{
    // Web Content Accessibility Guidelines 2.2, level AA, for text.
    private const double ContrastMin = 4.5;

    private const double HighContrastMin = 7;

    // Grounds that are in use: black, editors' greys, blue-greens; white and papers.
    private static readonly int[] darkGrounds = [0x000000, 0x1E1E1E, 0x282C34, 0x002B36, 0x1A1B26];
    private static readonly int[] lightGrounds = [0xFFFFFF, 0xFAFAFA, 0xFDF6E3, 0xEFF1F5];

    private static readonly Ink[] states = [Ink.Added, Ink.Removed, Ink.Changed, Ink.Problem, Ink.Notice];

    private static readonly Theme[] themes = [Theme.Dark, Theme.Light, Theme.HighContrastDark, Theme.HighContrastLight];

    private static int[] GroundsOf(Theme theme) => theme == Theme.Dark || theme == Theme.HighContrastDark ? darkGrounds : lightGrounds;

    private static bool IsHighContrast(Theme theme) => theme == Theme.HighContrastDark || theme == Theme.HighContrastLight;

    [Fact]
    public void Every_colour_is_readable_on_its_grounds_and_on_the_selection()
    {
        foreach (var theme in themes)
        {
            // Where the selection is no colour it is the text's own, reversed: the same pair the other way round.
            var selection = theme[Ink.Selection].IsTerminals ? [] : new[] { theme[Ink.Selection].Rgb };
            foreach (var ink in Enum.GetValues<Ink>().Where(ink => ink != Ink.Selection && !theme[ink].IsTerminals))
            {
                Assert.All(GroundsOf(theme).Concat(selection), ground => Assert.True(
                    ColourVision.Contrast(theme[ink].Rgb, ground) >= (IsHighContrast(theme) ? HighContrastMin : ContrastMin),
                    $"{theme.Name}: {ink} on {ground:X6} is {ColourVision.Contrast(theme[ink].Rgb, ground):F2}"));
            }
        }
    }

    [Fact]
    public void The_colours_of_the_palette_are_as_readable_as_the_true_ones()
    {
        foreach (var theme in themes)
        {
            foreach (var ink in Enum.GetValues<Ink>().Where(ink => ink != Ink.Selection && !theme[ink].IsTerminals))
            {
                Assert.All(GroundsOf(theme), ground => Assert.True(
                    ColourVision.Contrast(Palette(theme[ink].Indexed), ground) >= ContrastMin,
                    $"{theme.Name}: {ink} {Palette(theme[ink].Indexed):X6} on {ground:X6} is {ColourVision.Contrast(Palette(theme[ink].Indexed), ground):F2}"));
            }
        }
    }

    // Every state has a sign and a word too; the colours need not carry it alone, but they may not lie.
    [Theory]
    [InlineData("usual")]
    [InlineData("protan")]
    [InlineData("deutan")]
    [InlineData("tritan")]
    public void States_stay_apart_for_eyes_that_see_fewer_colours(string vision)
    {
        foreach (var theme in themes)
        {
            foreach (var (a, b) in states.SelectMany((a, i) => states.Skip(i + 1).Select(b => (a, b))))
            {
                AssertApart(theme[a].Rgb, theme[b].Rgb, vision, $"{theme.Name}: {a} and {b}");
                AssertApart(Palette(theme[a].Indexed), Palette(theme[b].Indexed), vision, $"{theme.Name}, palette: {a} and {b}");
            }

            Assert.True(ColourVision.Difference(theme[Ink.Added].Rgb, theme[Ink.Removed].Rgb, vision) >= 25, $"{theme.Name}, {vision}: added and removed");
        }
    }

    [Theory]
    [InlineData("auto", null, false, "dark Mono")] // asked, not answered
    [InlineData("auto", 0x1E1E1E, true, "dark True")]
    [InlineData("auto", 0xFDF6E3, true, "light True")]
    [InlineData("auto", null, true, "dark Sixteen")] // the terminal does not say
    [InlineData("dark", null, false, "dark True")]
    [InlineData("light", 0x000000, true, "light True")]
    [InlineData("mono", 0x000000, true, "dark Mono")]
    [InlineData("high-contrast", 0x000000, true, "high contrast, dark True")]
    [InlineData("high-contrast", 0xFFFFFF, true, "high contrast, light True")]
    public void The_look_follows_the_wish_and_the_ground(string theme, int? ground, bool answered, string expected)
    {
        var interview = new Interview(TimeProvider.System, TimeSpan.FromHours(1)) { IsPlanned = true };
        interview.Asked();
        if (ground is { } rgb)
        {
            interview.Take(new TerminalReply.Ground(rgb));
        }

        if (answered)
        {
            interview.Take(new TerminalReply.Attributes());
        }

        var look = Look.Of(new TerminalAbilities(ColourDepth.True, true, false), ScreenSettings.From(name => name == "ui.theme" ? theme : ""), interview);
        Assert.Equal(expected, $"{look.Theme.Name} {look.Depth}");
    }

    [Fact]
    public void A_change_of_the_scheme_changes_the_theme()
    {
        var interview = new Interview(TimeProvider.System, TimeSpan.FromHours(1)) { IsPlanned = true };
        Theme Current() => Look.Of(new TerminalAbilities(ColourDepth.True, true, false), ScreenSettings.Usual, interview).Theme;
        interview.Asked();
        interview.Take(new TerminalReply.Ground(0));
        Assert.Equal(Theme.Dark, Current());
        Assert.True(interview.Take(new TerminalReply.Scheme(IsLight: true)));
        Assert.Equal(Theme.Light, Current());
    }

    [Fact]
    public void Lines_that_take_two_columns_are_drawn_with_ASCII()
    {
        var interview = new Interview(TimeProvider.System, TimeSpan.FromHours(1)) { IsPlanned = true };
        GlyphSet Glyphs() => Look.Of(new TerminalAbilities(ColourDepth.True, true, false), ScreenSettings.Usual, interview).Glyphs;
        interview.Asked();
        Assert.Equal(GlyphSet.Unicode, Glyphs());
        interview.Take(new TerminalReply.CursorAt(2, 1));
        Assert.Equal(GlyphSet.Ascii, Glyphs());
    }

    [Theory]
    [InlineData("TERM=dumb", "Mono False False")]
    [InlineData("TERM=linux", "Sixteen False False")]
    [InlineData("TERM=vt220", "Mono False False")]
    [InlineData("TERM=tmux-256color", "Indexed True False")]
    [InlineData("TERM=xterm-256color,CLICOLOR=0", "Mono True False")]
    [InlineData("TERM=xterm-256color,SSH_TTY=/dev/pts/3", "Indexed True True")]
    public void Old_terminals_are_not_asked(string variables, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the terminals of Unix");
        var pairs = variables.Split(',').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var abilities = TerminalAbilities.From(name => pairs.GetValueOrDefault(name));
        Assert.Equal(expected, $"{abilities.Colours} {abilities.Answers} {abilities.IsRemote}");
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
        Assert.Contains($"'{leave}' >/dev/tty", Guardian.Script, StringComparison.Ordinal);
        var keys = System.Text.Encoding.ASCII.GetString(ScreenModes.KeyboardOff).Replace("\e", "\\033", StringComparison.Ordinal);
        Assert.Contains($"keys='{keys}'", Guardian.Script, StringComparison.Ordinal);
    }

    private static void AssertApart(int a, int b, string vision, string what)
    {
        var difference = ColourVision.Difference(a, b, vision);
        var contrast = ColourVision.Contrast(a, b);
        Assert.True(difference >= 12 || contrast >= 1.25, $"{what} differ by {difference:F1}, {contrast:F2} to 1 for {vision}");
    }

    // The palette of 256: a cube of six steps, then greys.
    private static int Palette(int index)
    {
        int[] steps = [0, 95, 135, 175, 215, 255];
        if (index >= 232)
        {
            return (8 + ((index - 232) * 10)) * 0x010101;
        }

        var place = index - 16;
        return (steps[place / 36] << 16) | (steps[place / 6 % 6] << 8) | steps[place % 6];
    }
}
