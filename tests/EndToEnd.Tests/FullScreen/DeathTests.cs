using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>However the program ends or stops, the shell gets its terminal back as it was; with the rest in FullScreenTests.</summary>
public sealed class DeathTests : IDisposable
{
    private readonly ShopFolder? shop;
    private readonly TerminalSession? session;
    private readonly string before;

    public DeathTests()
    {
        Assert.SkipUnless(TerminalSession.IsPossible && OperatingSystem.IsLinux(), "needs tmux and bash, and a Linux for its signals");
        shop = new ShopFolder();
        session = new TerminalSession(shop);
        before = Session.Modes();
    }

    private ShopFolder Shop => shop!;

    private TerminalSession Session => session!;

    public void Dispose()
    {
        session?.Dispose();
        shop?.Dispose();
    }

    [Fact]
    public void Ctrl_C_twice_quits()
    {
        Open();
        Session.Keys("C-c");
        Session.See("Ctrl-C again quits");
        Session.Keys("C-c");
        Session.AwaitShell();
        AssertRestored();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public void A_signal_ends_it(string signal)
    {
        Open();
        Kill(signal, Session.Child);
        Session.AwaitShell();
        AssertRestored();
    }

    [Theory]
    [InlineData("exception")]
    [InlineData("overflow")]
    [InlineData("fail-fast")]
    public void A_bug_ends_it_and_can_be_read(string death)
    {
        var hook = typeof(DeathTests).Assembly.Location;
        Session.Shell($"DOTNET_STARTUP_HOOKS={hook} {StartupHook.DeathVariable}={death} DOTNET_DbgEnableMiniDump=0 {TerminalSession.Program} 2>said");
        Session.See("web-kit");
        var program = Session.Child;
        using var guardian = Process.GetProcessById(TerminalSession.ChildrenOf(program).Single());
        Kill("USR2", program);
        Session.AwaitShell();
        guardian.WaitForExit(TimeSpan.FromSeconds(20));
        AssertRestored();
        Assert.Contains(death == "overflow" ? "Stack overflow" : "asked for by a test", Shop.Read("said"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Stopped_from_outside_and_continued_it_draws_everything_again()
    {
        Open();
        Kill("STOP", Session.Child);
        Session.AwaitShell();
        Session.Shell("fg");
        Session.Until(screen => Session.Format("alternate_on") == "1" && screen.Contains("[1 Project]", StringComparison.Ordinal), "the screen");
        Session.Keys("q");
        Session.AwaitShell();
        AssertRestored();
    }

    [Fact]
    public void When_the_terminal_is_closed_nothing_of_it_is_left()
    {
        Open();
        using var program = Process.GetProcessById(Session.Child);
        using var guardian = Process.GetProcessById(TerminalSession.ChildrenOf(program.Id).Single());
        Session.Close();
        Assert.True(program.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.True(guardian.WaitForExit(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void It_leaves_at_once_while_a_registry_does_not_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Shop.Write("cairn.toml", Shop.Read("cairn.toml").Replace("\"../feed\"", $"{{ url = \"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}\" }}", StringComparison.Ordinal));
        // Typed ahead, because the screen does not settle: the program reads it once it has the terminal.
        Session.Shell(TerminalSession.Program);
        Session.Keys("q");
        Session.AwaitShell();
        AssertRestored();
    }

    private static void Kill(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }

    private void Open()
    {
        Session.Shell(TerminalSession.Program);
        Session.See("web-kit");
    }

    private void AssertRestored()
    {
        Session.Until(_ => Session.Format("alternate_on") == "0", "the normal screen");
        Assert.Equal("0 1", $"{Session.Format("mouse_any_flag")} {Session.Format("cursor_flag")}");
        Assert.Equal(FullScreenTests.Line(before), FullScreenTests.Line(Session.Modes()));
    }
}
