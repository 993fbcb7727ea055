using System.Diagnostics;

namespace Registry.EndToEnd.Tests.FullScreen;

public sealed class FullScreenTests : IDisposable
{
    private readonly ShopFolder? shop;
    private readonly TerminalSession? session;

    public FullScreenTests()
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
    public void Opens_shows_the_project_and_leaves_the_terminal_as_it_was()
    {
        var before = Session.Modes();
        Open();
        Assert.Equal("1 1", $"{Session.Format("alternate_on")} {Session.Format("mouse_any_flag")}");
        Session.Keys("q");
        Session.AwaitShell();
        AssertRestored(before);
        Assert.Contains(TerminalSession.Program, Session.Screen().ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_found_package_is_added_reviewed_applied_and_taken_back()
    {
        var manifest = Shop.Read("cairn.toml");
        Open();
        Install();
        var lockfile = Shop.Read("cairn.lock");
        Session.Keys("3", "l", "o", "g");
        Session.See("log-kit");
        Session.Keys("Down", "a");
        Session.See("solved, 2 changes in the lock");
        Assert.Equal(manifest, Shop.Read("cairn.toml"));
        Session.Keys("p");
        Session.See("+ log-kit = \"^1.1.0\"");
        Session.Keys("Enter");
        Session.See("Applied: 2 changes in the lock");
        Assert.Contains("log-kit = \"^1.1.0\"", Shop.Read("cairn.toml"), StringComparison.Ordinal);
        Assert.True(Shop.Has("packages/text-kit/cairn.toml"));
        Session.Keys("u");
        Session.See("Taken back: 2 changes in the lock");
        Assert.Equal(manifest, Shop.Read("cairn.toml"));
        Assert.Equal(lockfile, Shop.Read("cairn.lock"));
        Assert.False(Shop.Has("packages/text-kit"));
    }

    [Fact]
    public void What_is_published_here_is_installed_there()
    {
        Open();
        Install();
        File.WriteAllText(Path.Combine(Shop.Project, "shop.c"), "int shop;\n");
        File.WriteAllText(Path.Combine(Shop.Project, "local.env"), "API_TOKEN=k3Zp9QxW7vLm2aaQ\n");
        Session.Keys("6");
        Session.See("API_TOKEN=k3Zp********");
        Session.See("!  Files need a look");
        Session.Keys("d");
        Session.See("solved,");
        Session.Keys("p");
        Session.See("exclude = [\"/local.env\"]");
        Session.Keys("Enter");
        Session.See("left out: .cairn/ local.env");
        Session.Keys("t");
        Session.See("The manifest says 0.1.0");
        Session.Keys("BSpace", "BSpace", "BSpace", "BSpace", "BSpace", "0", ".", "2", ".", "0", "Enter");
        Session.See("version 0.1.0 -> 0.2.0");
        Session.Keys("p");
        Session.See("+ version = \"0.2.0\"");
        Session.Keys("Enter");
        Session.See("Version 0.2.0 is free");
        Session.Keys("P");
        Session.See("Type 0.2.0");
        Session.Keys("0", ".", "2", ".", "0", "Enter");
        Session.See("acme-shop 0.2.0 is in main");
        Session.Keys("Enter");
        Session.See("Version 0.2.0 is out already");
        Session.Keys("q");
        Session.AwaitShell();

        var user = Path.Combine(Shop.Path, "user");
        Directory.CreateDirectory(user);
        File.WriteAllText(Path.Combine(user, "cairn.toml"), "[package]\nname = \"user\"\nversion = \"1.0.0\"\n\n[dependencies]\nacme-shop = \"^0.2\"\n\n[registries]\nmain = \"../feed\"\n");
        Cairn("--quiet", "-C", user, "install");
        Assert.Equal("int shop;\n", File.ReadAllText(Path.Combine(user, "packages", "acme-shop", "shop.c")));
        Assert.False(File.Exists(Path.Combine(user, "packages", "acme-shop", "local.env")));
    }

    [Fact]
    public void A_registry_is_added_tested_and_removed_again()
    {
        Open();
        Session.Keys("7");
        Session.See("in this lock");
        Session.Keys("r");
        Session.See("✓ ok");
        Session.Keys("a", "t", "e", "a", "m", "Tab", ".", ".", "/", "f", "e", "e", "d", "Tab", "a", "c", "m", "e", "/", "*", "Tab", "Enter");
        Session.See("config/registries.toml:");
        Session.See("+ packages = [\"acme/*\"]");
        Session.Keys("Enter");
        Session.See("Add team: wrote");
        Session.See("team only");
        Session.Keys("G", "r");
        Session.Until(screen => screen.Split("✓ ok").Length == 3, "both registries tested");
        Session.Keys("d");
        Session.See("Remove team");
        Session.Keys("Enter");
        Session.Until(screen => !screen.Contains("team only", StringComparison.Ordinal), "the registry gone");
        Session.Keys("q");
        Session.AwaitShell();
    }

    [Fact]
    public void A_conflict_is_explained_and_a_repair_solves_it()
    {
        Open();
        Install();
        Session.Until(screen => screen.Contains("2.0.0", StringComparison.Ordinal), "the newest web-kit");
        Session.Keys("/", "w", "e", "b", "Enter", "t");
        Session.See("2.0.0");
        Session.Keys("g", "Enter");
        Session.See("cannot be solved");
        Session.Keys("f");
        Session.See("Fixes that work");
        Session.Keys("Enter");
        Session.See("  solved,");
        Session.Keys("p");
        Session.See("+ duplicates = \"compatible\"");
        Session.Keys("Enter");
        Session.See("Applied:");
        Session.Keys("u");
        Session.See("Taken back:");
    }

    [Fact]
    public void A_staged_plan_survives_kill_9_and_is_never_applied_by_itself()
    {
        var manifest = Shop.Read("cairn.toml");
        Open();
        Install();
        Session.Keys("3", "l", "o", "g");
        Session.See("log-kit");
        Session.Keys("Down", "a");
        Session.See("solved, 2 changes in the lock");
        Assert.True(Shop.Has(".cairn/draft.json"));
        using (var kill = Process.Start("kill", ["-KILL", $"{Session.Child}"]))
        {
            kill.WaitForExit();
        }

        Session.AwaitShell();
        Assert.Equal(manifest, Shop.Read("cairn.toml"));
        Open();
        Session.See("a draft of 1 step is staged again");
        Session.See("solved, 2 changes in the lock");
        Assert.Equal(manifest, Shop.Read("cairn.toml"));
        Session.Keys("p");
        Session.See("[ Save as draft ]");
        Session.Keys("Tab", "Tab", "Enter");
        Session.See("kept as a draft");
        Session.Keys("p", "Enter");
        Session.See("Applied: 2 changes in the lock");
        Session.Until(_ => !Shop.Has(".cairn/draft.json"), "the end of the draft");
    }

    [Fact]
    public void A_conflict_is_steered_by_wishes_until_a_fix_is_right()
    {
        Open();
        Install();
        Session.Until(screen => screen.Contains("2.0.0", StringComparison.Ordinal), "the newest web-kit");
        Session.Keys("/", "w", "e", "b", "Enter", "t");
        Session.See("2.0.0");
        Session.Keys("g", "Enter");
        Session.See("cannot be solved");
        Session.Keys("f");
        Session.See("Keep two copies of http-core");
        Session.Keys("-");
        Session.See("Nothing fits all your wishes.");
        Session.See("give up  -> fix");
        Session.Keys("u");
        Session.See("Fixes that work");
        Session.Keys("O");
        Session.See("Overrides: they resolve, and may not work");
        Session.Keys("x");
        Session.See("so nothing fits");
        Session.Keys("Escape");
        Session.See("Overrides: they resolve, and may not work");
        Session.Keys("g", ".", "Enter");
        Session.See("  solved,");
        Session.Keys("p", "Enter");
        Session.See("Applied:");
        Assert.Contains("web-kit = \"^2.0.0\"", Shop.Read("cairn.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_verb_that_meets_a_conflict_opens_the_screen_on_it()
    {
        Session.Shell($"{TerminalSession.Program} add web-kit@^2 && echo went''well");
        // Typed ahead: the program reads it when it asks.
        Session.Keys("o", "Enter");
        Session.See("Fixes that work");
        Session.Keys("Enter");
        Session.See("  solved,");
        Session.Keys("p", "Enter");
        Session.See("Applied:");
        Session.Keys("q");
        Session.AwaitShell();
        Session.See("wentwell");
        Assert.True(Shop.Has("packages/web-kit"));
    }

    [Fact]
    public void The_tree_shows_who_needs_whom()
    {
        Open();
        Install();
        Session.Keys("2");
        Session.See("└─ http-core 1.5.0");
        Session.Keys("/", "h", "t", "t", "p", "Enter", "i");
        Session.See("Who needs http-core");
        Session.Keys("w");
        Session.See("acme-shop > web-kit > http-core");
    }

    [Fact]
    public void Suspends_to_the_shell_and_comes_back()
    {
        var before = Session.Modes();
        Open();
        Session.Keys("2", "C-z");
        Session.AwaitShell();
        AssertRestored(before);
        Session.Shell("fg");
        Session.Until(_ => Session.Format("alternate_on") == "1", "the screen");
        Session.See("[2 Tree]");
        Session.Keys("1");
        Session.See("[1 Project]");
    }

    [Fact]
    public void Follows_the_size_of_the_window()
    {
        Open();
        Session.Resize(80, 24);
        Session.Until(screen => screen.Split('\n')[0].TrimEnd().EndsWith("not locked", StringComparison.Ordinal) && !screen.Contains('│', StringComparison.Ordinal), "the narrow screen");
        Session.Resize(44, 12);
        Session.Resize(130, 40);
        Session.Until(screen => screen.Contains('│', StringComparison.Ordinal), "the wide screen");
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void Whatever_ends_it_the_terminal_is_given_back(string signal)
    {
        var before = Session.Modes();
        Open();
        var program = Session.Child;
        var guardian = TerminalSession.ChildrenOf(program).Single();
        using var watched = Process.GetProcessById(guardian);
        using (var kill = Process.Start("kill", [$"-{signal}", $"{program}"]))
        {
            kill.WaitForExit();
        }

        Session.AwaitShell();
        watched.WaitForExit(TimeSpan.FromSeconds(20));
        AssertRestored(before);
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

    private void AssertRestored(string modes)
    {
        Session.Until(_ => Session.Format("alternate_on") == "0", "the normal screen");
        Assert.Equal("0 1", $"{Session.Format("mouse_any_flag")} {Session.Format("cursor_flag")}");
        Assert.Equal(Line(modes), Line(Session.Modes()));
    }

    // Of all modes those that a program like this one changes; a shell that edits its line has its own for a few others.
    internal static string Line(string modes) =>
        string.Join(' ', modes.Split([' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.TrimStart('-') is "isig" or "opost" or "ixon" or "brkint"));

    private void Cairn(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { Environment = { ["CAIRN_HOME"] = Path.Combine(Shop.Path, "home") } };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cairn.dll"));
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
