namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>What all screens share, in the real program.</summary>
public sealed class ShellFlowTests : IDisposable
{
    private readonly ShopFolder? shop;
    private readonly TerminalSession? session;

    public ShellFlowTests()
    {
        Assert.SkipUnless(TerminalSession.IsPossible, "needs tmux and bash");
        shop = new ShopFolder();
        session = new TerminalSession(shop);
    }

    private TerminalSession Session => session!;

    public void Dispose()
    {
        session?.Dispose();
        shop?.Dispose();
    }

    [Fact]
    public void Palette_and_help_do_commands_on_the_screens_that_have_them()
    {
        Open();
        Install();
        Session.Keys(":");
        Session.See("All commands");
        Session.Keys("m", "u", "s", "t", "Space", "s", "t", "a", "y", "Escape");
        Session.Until(screen => !screen.Contains("All commands", StringComparison.Ordinal), "the palette to close");
        Session.Keys("?");
        Session.See("Keys here");
        Session.Keys("t", "u", "r", "n", "Space", "t", "h", "e", "Space", "t", "r", "e", "e");
        Session.See("2 i");
        Session.Keys("Enter");
        Session.See("[2 Tree]");
        Session.See("Who needs");
    }

    [Fact]
    public void History_and_second_keys_work_without_waiting()
    {
        Open();
        Install();
        Session.Keys("Enter");
        Session.See("[README]");
        Session.Keys("2");
        Session.See("[2 Tree]");
        Session.Keys("[");
        Session.See("[1 Project]");
        Session.Keys("]");
        Session.See("[2 Tree]");
        Session.Keys("1", "y");
        Session.See("copy version");
        Session.Keys("n");
        Session.See("copied 7 characters, if your terminal allows it");
    }

    [Fact]
    public void Own_keys_count_and_a_clash_is_told_with_its_line()
    {
        Write("""
            [keys]
            preset = "vim"
            remove = "X"
            update = "X"
            """);
        Open();
        var screen = Session.See("config.toml:4: `X` is the key of `keys.remove` already");
        Assert.Contains("Enter says more", screen, StringComparison.Ordinal);
        Session.Keys("Enter");
        Session.See("What went wrong");
        Session.Keys("Z", "Z");
        Session.See("X remove");
        Session.Keys("X");
        Session.See("1 staged");
        Session.Keys("u", "Z", "Z");
        Session.AwaitShell();
        Session.Shell($"{TerminalSession.Program} config list");
        Session.See("give one of the two another key");
    }

    [Fact]
    public void Activity_shows_what_was_applied_and_goes_back_over_it()
    {
        Open();
        Install();
        Session.Keys("3", "l", "o", "g");
        Session.See("log-kit");
        Session.Keys("Down", "a");
        Session.See("solved, 2 changes in the lock");
        Session.Keys("p", "Enter");
        Session.See("Applied: 2 changes in the lock");
        Session.Keys("8");
        Session.See("Plans you can go back to");
        Session.See("as it is now");
        Session.Keys("G", "Enter");
        Session.See("This takes back 1 change");
        Session.Keys("Enter");
        Session.See("Taken back: 2 changes in the lock");
        Assert.False(shop!.Has("packages/log-kit"));
        Session.Keys("g", "Enter");
        Session.See("go back");
    }

    [Fact]
    public void The_mouse_clicks_tabs_and_hints_and_can_be_turned_off()
    {
        Open();
        Install();
        Session.Click(Session.Find("2 Tree"));
        Session.See("[2 Tree]");
        Session.Click(Session.Find("? help"));
        Session.See("Keys here");
        Session.Keys("Escape");
        Session.Until(screen => !screen.Contains("Keys here", StringComparison.Ordinal), "the help to close");
        Session.Keys("M");
        Session.Until(_ => Session.Format("mouse_any_flag") == "0", "the mouse to be the terminal's");
    }

    [Fact]
    public void A_project_is_made_where_there_is_none()
    {
        Session.Shell("mkdir ../fresh && cd ../fresh");
        Session.AwaitShell();
        Session.Shell(TerminalSession.Program);
        Session.See("make a project here");
        Session.Keys("Enter");
        Session.See("Create a project here");
        Session.Keys("a", "c", "m", "e", "Tab", "Tab", "Tab", "Enter");
        Session.See("Made ");
        Session.See("No dependencies yet");
        Assert.Contains("name = \"acme\"", File.ReadAllText(Path.Combine(shop!.Path, "fresh", "cairn.toml")), StringComparison.Ordinal);
    }

    private void Write(string configuration)
    {
        var folder = Directory.CreateDirectory(Path.Combine(shop!.Path, "home", "cairn", "config")).FullName;
        File.WriteAllText(Path.Combine(folder, "config.toml"), configuration);
    }

    private void Open()
    {
        Session.Shell(TerminalSession.Program);
        Session.See("web-kit");
    }

    private void Install()
    {
        Session.Keys("p");
        Session.See("+ http-core");
        Session.Keys("Enter");
        Session.See("Applied:");
        Session.See("current");
    }
}
