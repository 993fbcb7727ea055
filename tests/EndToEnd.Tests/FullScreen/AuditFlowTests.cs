using Registry.Engine.Sources.Writing;

namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>From a finding to its fix and back, in the real program.</summary>
public sealed class AuditFlowTests : IDisposable
{
    private readonly ShopFolder? shop;
    private readonly TerminalSession? session;

    public AuditFlowTests()
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
    public void A_finding_is_fixed_by_the_lock_reviewed_applied_and_taken_back()
    {
        using (var writer = FeedWriter.Open(Path.Combine(Shop.Path, "feed"), TimeProvider.System))
        {
            writer.SetAdvisories("""
                {"id":"x_shop-2026-0001","modified":"2026-01-02T00:00:00Z","summary":"Lines are cut","affected":[{"package":{"ecosystem":"Shop","name":"log-kit"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.1.0"}]}]}]}

                """u8.ToArray());
        }

        var manifest = Shop.Read("cairn.toml");
        Shop.Write("cairn.toml", manifest.Replace("web-kit = \"^1\"", "log-kit = \"=1.0.0\"", StringComparison.Ordinal));
        Session.Shell($"{TerminalSession.Program} install --quiet --yes");
        Session.AwaitShell();
        Shop.Write("cairn.toml", manifest.Replace("web-kit = \"^1\"", "log-kit = \"^1\"", StringComparison.Ordinal));
        Session.Shell($"{TerminalSession.Program} install --quiet --yes");
        Session.AwaitShell();
        var lockfile = Shop.Read("cairn.lock");

        Session.Shell(TerminalSession.Program);
        Session.See("Direct dependencies (2)");
        Session.Keys("5");
        Session.See("lock only");
        Session.See("Lines are cut");
        Session.Keys("f");
        Session.See("solved, 2 changes in the lock");
        Session.Keys("p");
        Session.See("cairn audit --fix x_shop-2026-0001");
        Assert.Equal(lockfile, Shop.Read("cairn.lock"));
        Session.Keys("Enter");
        Session.See("Applied: 2 changes in the lock");
        Session.Until(screen => screen.Contains("Nothing is known against these packages", StringComparison.Ordinal) || screen.Contains("0 findings", StringComparison.Ordinal), "no finding");
        Assert.Contains("1.1.0", Shop.Read("cairn.lock"), StringComparison.Ordinal);
        Session.Keys("u");
        Session.See("Taken back: 2 changes in the lock");
        Session.See("lock only");
        Assert.Equal(lockfile, Shop.Read("cairn.lock"));

        Session.Keys("E", "behind", "Tab", "Tab", "Enter");
        Session.See("1 staged");
        Session.Keys("p");
        Session.See("audit.toml");
        Session.Keys("Enter");
        Session.See("Accepted by you (1)");
        Assert.Contains("reason = \"behind\"", Shop.Read("audit.toml"), StringComparison.Ordinal);
    }
}
