namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>How the program behaves in a terminal: size, paste, mouse, answers, hostile names, lines for screen readers.</summary>
public sealed class CitizenTests : IDisposable
{
    private const int UsefulFrameMethodsMax = 1900;

    private readonly ShopFolder? shop;
    private readonly TerminalSession? session;

    public CitizenTests()
    {
        Assert.SkipUnless(TerminalSession.IsPossible, "needs tmux and bash");
        shop = new ShopFolder();
        session = new TerminalSession(shop);
    }

    private ShopFolder Shop => shop!;

    private TerminalSession Session => session!;

    public void Dispose()
    {
        session?.Dispose();
        shop?.Dispose();
    }

    [Fact]
    public void A_storm_of_sizes_leaves_the_last_one_and_the_selection()
    {
        Open();
        Session.Keys("Down");
        Session.See(">  web-kit");
        for (var i = 0; i < 30; i++)
        {
            Session.Resize(30 + (i * 37 % 130), 8 + (i * 11 % 40));
        }

        Session.Resize(90, 25);
        Session.Until(screen => Lines(screen) is [.., var last] && last.Contains("? help", StringComparison.Ordinal) && screen.Contains(">  web-kit", StringComparison.Ordinal), "the last size");
        Assert.Equal(25, Session.Screen().TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void What_is_pasted_is_text_whatever_is_in_it()
    {
        Open();
        Session.Keys("3");
        Session.Paste("log\u001b[31m\u0007\nkit\u001b[201~q");
        Session.Until(screen => screen.Contains("log[31m kit", StringComparison.Ordinal), "the pasted text");
        Assert.Equal("1", Session.Format("alternate_on"));
    }

    [Fact]
    public void The_mouse_chooses_a_row_and_M_gives_it_to_the_terminal()
    {
        Open();
        var row = Array.FindIndex(Session.Screen().Split('\n'), line => line.Contains("web-kit", StringComparison.Ordinal));
        Session.Type($"\u001b[<0;6;{row + 1}M");
        Session.See(">  web-kit");
        Session.Keys("M");
        Session.Until(_ => Session.Format("mouse_any_flag") == "0", "no mouse");
        Session.Keys("M");
        Session.Until(_ => Session.Format("mouse_any_flag") == "1", "the mouse");
    }

    [Fact]
    public void Answers_that_come_at_any_time_are_no_keys()
    {
        Open();
        Session.Type("\u001b]11;rgb:ffff/ffff/ffff\u001b\\\u001b[?62;22c\u001b[?2026;2$y\u001b[2;2R\u001b[?997;2n\u001b]11;rgb:0");
        Session.Type("000/0000/0000\u0007");
        Session.Keys("2");
        Session.See("[2 Tree]");
        Assert.Equal("1", Session.Format("alternate_on"));
    }

    [Fact]
    public void A_hostile_name_neither_moves_the_cursor_nor_names_the_window()
    {
        var title = Session.Format("pane_title");
        Session.Shell("mkdir $'../\\e[2J\\e]0;owned\\a\\e[1;1Hspoof' && cp cairn.toml ../*spoof/ && cd ../*spoof");
        Session.AwaitShell();
        Open();
        var screen = Session.See("␛[2J␛]0;owned");
        Assert.StartsWith(" cairn", screen, StringComparison.Ordinal);
        Assert.Equal(title, Session.Format("pane_title"));
    }

    [Fact]
    public void Screen_readers_get_lines_and_the_terminal_keeps_its_modes()
    {
        var before = Session.Modes();
        Session.Shell($"{TerminalSession.Program} --plain-ui");
        Session.See("Screen Project");
        Session.See(": web-kit");
        Assert.Equal("0 0 1", $"{Session.Format("alternate_on")} {Session.Format("mouse_any_flag")} {Session.Format("cursor_flag")}");
        Session.Keys("t", "a", "b", "Space", "3", "Enter");
        Session.See("Screen Search");
        Session.Keys("l", "o", "g", "Enter");
        Session.See("log-kit");
        Session.Keys("C-d");
        Session.AwaitShell();
        Assert.Equal(FullScreenTests.Line(before), FullScreenTests.Line(Session.Modes()));
    }

    // Each method costs 60 µs (docs/decisions/0002); a debug build inlines nothing, so it has more of them.
    [Fact]
    public void Few_methods_are_compiled_on_the_way_to_a_frame_that_is_of_use()
    {
        var hook = typeof(CitizenTests).Assembly.Location;
        Session.Shell($"{TerminalSession.Program} install --headless");
        Session.AwaitShell();
        Session.Shell($"DOTNET_STARTUP_HOOKS={hook} {StartupHook.FileVariable}=$PWD/methods {TerminalSession.Program}");
        Session.See("web-kit");
        Session.Keys("q");
        Session.AwaitShell();
        Assert.InRange(int.Parse(Shop.Read("methods"), System.Globalization.CultureInfo.InvariantCulture), 0, UsefulFrameMethodsMax);
    }

    private void Open()
    {
        Session.Shell(TerminalSession.Program);
        Session.See("web-kit");
    }

    private static string[] Lines(string screen) => screen.TrimEnd().Split('\n');
}
