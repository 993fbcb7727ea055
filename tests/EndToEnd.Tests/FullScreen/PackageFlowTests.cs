namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>Looking at packages in a real terminal: search, page, versions, difference, update, and a new project.</summary>
public sealed class PackageFlowTests : IDisposable
{
    private readonly ShopFolder? shop;
    private TerminalSession? session;

    public PackageFlowTests()
    {
        Assert.SkipUnless(TerminalSession.IsPossible, "needs tmux and bash");
        shop = new ShopFolder();
    }

    private ShopFolder Shop => shop!;

    private TerminalSession Session => session!;

    public void Dispose()
    {
        session?.Dispose();
        shop?.Dispose();
    }

    [Fact]
    public void A_search_proves_what_adding_would_do_before_it_is_done()
    {
        Open(120, 36);
        Install();
        var manifest = Shop.Read("cairn.toml");
        Session.Keys("3", "l", "o", "g", "Down");
        Session.See("Adding it to acme-shop would");
        var proven = Session.See("proven in");
        Assert.Contains("+ text-kit  2.0.0", proven, StringComparison.Ordinal);
        Assert.Contains("nothing you already use changes", proven, StringComparison.Ordinal);
        Assert.Contains("lock 3 -> 5", proven, StringComparison.Ordinal);
        Assert.Equal(manifest, Shop.Read("cairn.toml"));
        Session.Keys("a");
        Session.See("solved, 2 changes in the lock");
        Session.Keys("p", "Enter");
        Session.See("Applied: 2 changes in the lock");
        Assert.True(Shop.Has("packages/log-kit/README.md"));
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    public void A_package_page_shows_readme_versions_files_and_a_difference(int columns, int rows)
    {
        Open(columns, rows);
        Install();
        Session.Keys("/", "w", "e", "b", "Enter", "Enter");
        var readme = Session.See("This is web-kit 1.0.0.");
        Assert.Contains("acme-shop", readme, StringComparison.Ordinal);
        Session.Keys("Tab");
        Session.See("^ major: you want ^1");
        Session.Keys("g", "Space", "j", "Space");
        Session.See("marked: 2.0.0, 1.0.0");
        Session.Keys("Enter");
        Session.See("Enter compares them");
        Session.Keys("Enter");
        Session.See("~ needs http-core ^1 -> ^2");
        Session.Keys("BTab");
        Session.See("README.md");
        Session.Keys("j", "Enter");
        Session.See("name = \"web-kit\"");
        Session.Keys("Escape");
        Session.See("[Files]");
        Assert.NotEqual("gone", Session.Format("pane_title"));
    }

    [Fact]
    public void A_row_is_updated_as_far_as_chosen()
    {
        Open(120, 36);
        Install();
        Session.Until(screen => screen.Contains("2.0.0", StringComparison.Ordinal), "the newest web-kit");
        Session.Keys("/", "w", "e", "b", "Enter", "Right");
        Session.See("~ keep [in range] latest");
        Session.Keys("Right");
        Session.See("~ keep in range [latest]");
        Session.See("solved,");
        Session.Keys("Left", "Left");
        Session.See("nothing staged");
    }

    [Fact]
    public void A_project_is_made_where_there_is_none()
    {
        var empty = Directory.CreateDirectory(Path.Combine(Shop.Path, "fresh")).FullName;
        session = new TerminalSession(Shop.Path, empty, 120, 36);
        Session.Shell(TerminalSession.Program);
        Session.See("no project here");
        Session.Keys("Enter");
        Session.See("Create a project here");
        Session.Keys("m", "y", "-", "a", "p", "p", "Enter", "Enter", "Enter", "Enter", "Enter");
        Session.Until(screen => screen.Contains("No dependencies yet", StringComparison.Ordinal), "the new project");
        Assert.Contains("name = \"my-app\"", File.ReadAllText(Path.Combine(empty, "cairn.toml")), StringComparison.Ordinal);
    }

    private void Open(int columns, int rows)
    {
        session = new TerminalSession(Shop, columns, rows);
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
