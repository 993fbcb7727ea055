using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Package;

namespace Registry.Tui.Tests.Screens;

public sealed class PackagePageTests
{
    private static readonly PackageId Web = Id("web-kit", "1.9.4");

    [Fact]
    public void A_file_that_others_were_looked_at_since_is_read_again()
    {
        var package = new PackageId(PackageName.Parse("web-kit"), SemanticVersion.Parse("1.0.0"));
        var session = Shop.Open(80, 24).Open(state => FilePage.Open(state, package, "src/a.txt"));
        Assert.Equal("src/a.txt", Assert.Single(session.Take<AskContents>()).File);
        for (var i = 0; i < 4; i++)
        {
            session.Send(new ContentsRead(package, $"src/{i}.txt", new Outcome<ContentsReport>.Cancelled()));
        }

        Assert.Equal("src/a.txt", Assert.Single(session.Take<AskContents>()).File);
    }

    [Fact]
    public void A_page_looks_for_its_files_on_this_machine_and_fetches_them_only_when_asked_to()
    {
        var session = Shop.Open(120, 36).Keys("/web\r\r");
        Assert.Equal([new AskContents(Web, ContentsReach.Stored)], session.Take<AskContents>());
        session.Send(new ContentsRead(Web, null, Done(new ContentsReport(Web, 12_300, false, [], null, null))));
        Assert.Contains("Enter fetches 12 kB into the store.", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Jobs<AskContents>());
        session.Keys("\r");
        Assert.Equal(new AskContents(Web, ContentsReach.Fetch), Assert.Single(session.Jobs<AskContents>()));
        session.End(new ContentsRead(Web, null, Done(Contents())));
        Assert.Contains("Answers requests.", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Take<AskContents>());
    }

    [Fact]
    public void What_cannot_be_fetched_says_why_and_can_be_tried_again()
    {
        var session = Page();
        session.Send(new ContentsRead(Web, null, new Outcome<ContentsReport>.Failed(new Problem(ProblemCode.OfflineMissing, "it is not here", "go online"))));
        Assert.Contains("! it is not here", session.Text(), StringComparison.Ordinal);
        Assert.Contains("go online", session.Text(), StringComparison.Ordinal);
        session.Keys("\r");
        Assert.Single(session.Jobs<AskContents>());
    }

    [Fact]
    public void Tab_goes_through_the_panes_and_back()
    {
        var session = Page();
        foreach (var pane in Enum.GetValues<PackagePane>().Skip(1).Append(PackagePane.Readme))
        {
            session.Keys("\t");
            Assert.Equal(pane, ((PackagePage)session.State.Top).Pane);
        }

        session.Keys("\e[Z\e[Z");
        Assert.Equal(PackagePane.Changes, ((PackagePage)session.State.Top).Pane);
    }

    [Fact]
    public void Releases_that_cannot_be_read_say_why()
    {
        var session = new Session(new(120, 36));
        session.Send(new Registry.Tui.Screens.Project.ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview))).Keys("/web\r\r\t");
        Assert.Contains("reading", session.Text(), StringComparison.Ordinal);
        session.Send(new PackageRead(Web.Name, new Outcome<PackageIndex>.Failed(new Problem(ProblemCode.RegistryUnreachable, "the registry does not answer", "try again later"))));
        Assert.Contains("! the registry does not answer", session.Text(), StringComparison.Ordinal);
        session.Keys("t");
        Assert.Contains("try again later", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_from_git_shows_what_the_lockfile_knows()
    {
        var git = Shop.Locked("web-kit", "1.9.4", "http-core 1.5.0; tpl-kit 2.4.0", new PackageSource.Git("https://git.example/web", GitReference.Default, "0123456789012345678901234567890123456789"));
        var session = Shop.Open(120, 36);
        session.Send(new Registry.Tui.Screens.Project.ProjectOpened(new Outcome<ProjectOverview>.Done(
            Shop.Overview with { Lockfile = Shop.Lockfile with { Packages = [.. Shop.Lockfile.Packages.Select(package => package.Id == Web ? git : package)] } })));
        session.Send(new PackageRead(Web.Name, new Outcome<PackageIndex>.Done(new(Web.Name, [])))).Keys("2/web\r\r\t\t");
        Assert.Contains("http-core                 locked 1.5.0", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_marked_versions_are_compared_and_a_third_mark_lets_the_first_go()
    {
        var session = Page().Keys("\tj j ");
        Assert.Equal(["2.0.0", "1.9.4"], ((PackagePage)session.State.Top).Marked.Select(version => version.ToString()));
        session.Keys("g ");
        Assert.Equal(["1.9.4", "2.0.1"], ((PackagePage)session.State.Top).Marked.Select(version => version.ToString()));
        session.Keys("\r\r");
        Assert.Equal(new AskDifference(Web.Name, Web.Version, SemanticVersion.Parse("2.0.1")), Assert.Single(session.Jobs<AskDifference>()));
        session.End(Difference());
        Assert.Contains("~ needs http-core ^1.4 -> >=2", session.Text(), StringComparison.Ordinal);
        session.Take<Effect.Run>();
        session.Keys("\r");
        Assert.Empty(session.Jobs<AskDifference>());
    }

    [Fact]
    public void Without_marks_the_version_in_use_is_compared_with_the_newest()
    {
        var session = Page().Keys("\e[Z\e[Z\r");
        Assert.Equal(new AskDifference(Web.Name, Web.Version, SemanticVersion.Parse("2.0.1")), Assert.Single(session.Jobs<AskDifference>()));
    }

    [Fact]
    public void Enter_on_a_version_shows_its_contents()
    {
        var session = Page();
        session.Take<AskContents>();
        session.Keys("\t\r");
        Assert.Equal([new AskContents(Id("web-kit", "2.0.1"), ContentsReach.Stored)], session.Take<AskContents>());
        Assert.Contains("web-kit 2.0.1   HTTP server toolkit", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_and_dependents_open_their_pages()
    {
        var session = Page().Keys("\t\t\r");
        Assert.Equal("http-core", ((PackagePage)session.State.Top).Name.Value);
        session.Keys("\t\t\t");
        Assert.Contains("auth-kit 1.0.0            wants <2, >=1", session.Text().Replace(">=1, <2", "<2, >=1", StringComparison.Ordinal), StringComparison.Ordinal);
        session.Keys("\r");
        Assert.Equal("auth-kit", ((PackagePage)session.State.Top).Name.Value);
        session.Keys("⎋⎋");
        Assert.Equal(Web.Name, ((PackagePage)session.State.Top).Name);
    }

    [Fact]
    public void A_file_is_read_when_it_is_opened()
    {
        var session = Read().Keys("\t\t\t\tj\r");
        Assert.Equal(new AskContents(Web, ContentsReach.Stored, "cairn.toml"), session.Take<AskContents>()[^1]);
        session.Send(new ContentsRead(Web, "cairn.toml", Done(Contents() with { File = new("cairn.toml", "[package]\nname = \"web-kit\"\n\u001b[2J", 30, PackageTextForm.Whole) })));
        Assert.Contains("name = \"web-kit\"", session.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', session.Text());
        session.Keys("⎋");
        Assert.IsType<PackagePage>(session.State.Top);
    }

    [Fact]
    public void A_version_says_who_is_against_it_and_why_it_was_taken_back()
    {
        var session = Shop.Open(120, 36);
        var index = Shop.Packages.Single(package => package.Name.Value == "tpl-kit");
        var yanked = index.Releases[0] with { Id = Id("tpl-kit", "2.5.0"), Status = ReleaseStatus.Yanked, Details = index.Releases[0].Details with { Reason = new StatusReason("broken", "loses lines", null) } };
        session.Send(new PackageRead(index.Name, new Outcome<PackageIndex>.Done(index with { Releases = index.Releases.Insert(1, yanked) })));
        session.Keys("2/tpl\rt");
        Assert.Contains("^ major: dash-kit 1.0.0 wants <3", session.Text(), StringComparison.Ordinal);
        Assert.Contains("! yanked: loses lines", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_steady_page_allocates_nothing()
    {
        var session = Read();
        var frame = session.Frame();
        Chrome.Draw(new(frame), session.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Chrome.Draw(new(frame), session.State);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static ContentsReport Contents() => new(
        Web, 12_300, true, [new("README.md", 180, false), new("cairn.toml", 200, false), new("run.sh", 1_234, true)],
        new("README.md", "# web-kit\n\nAnswers requests. See **the guide** at [docs](https://web.example).\n\n- fast\n- small\n\n```c\nweb_answer(&out, text);\n```\n", 180, PackageTextForm.Whole), null);

    internal static Session Page() => Shop.Open(120, 36).Keys("/web\r\r");

    internal static Compared Difference()
    {
        var index = Shop.Packages.Single(package => package.Name == Web.Name);
        var (from, to) = (index.Releases[0], index.Releases[^1]);
        return new(Web.Name, from.Id.Version, to.Id.Version, new Outcome<ReleaseDifferenceReport>.Done(new(
            from, to,
            [
                new(FileChangeKind.Added, "CHANGES.md", null, new("CHANGES.md", 90, false), TextDifference.Between("CHANGES.md", null, "2.0: new\n")),
                new(FileChangeKind.Changed, "src/web.c", new("src/web.c", 500, false), new("src/web.c", 600, false), TextDifference.Between("src/web.c", "int a;\nint b;\n", "int a;\nint c;\n")),
            ],
            4, [new("http-core", from.Dependencies[0], to.Dependencies[0])], true)));
    }

    private static Session Read()
    {
        var session = Page();
        return session.Send(new ContentsRead(Web, null, Done(Contents())));
    }

    private static PackageId Id(string name, string version) => new(PackageName.Parse(name), SemanticVersion.Parse(version));

    private static Outcome<ContentsReport> Done(ContentsReport report) => new Outcome<ContentsReport>.Done(report);
}
