using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Help;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Screens.Search;
using Registry.Tui.Screens.Tree;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>What a person sees where there is nothing to list, and how they get away from there.</summary>
public sealed class AbsenceTests
{
    private static readonly Problem brokenManifest = new(
        ProblemCode.ManifestInvalid, "the string does not end on its line", "close it with \"", new TextPlace("cairn.toml", 3, 11));

    private static readonly Problem noConnection = new(
        ProblemCode.RegistryUnreachable, "`registry.json` could not be fetched: no connection", "check the network");

    [Theory]
    [InlineData(120, 36)]
    [InlineData(44, 12)]
    public void A_broken_manifest_is_shown_with_its_place_and_hint(int columns, int rows)
    {
        var session = Opened(new Outcome<ProjectOverview>.Failed(brokenManifest), columns, rows);
        foreach (var tab in new[] { "1", "2" })
        {
            var text = session.Keys(tab).Text();
            Assert.Contains("the string does not end", text, StringComparison.Ordinal);
            Assert.Contains("cairn.toml:3:11", text, StringComparison.Ordinal);
            Assert.Contains("close it with", text, StringComparison.Ordinal);
            Assert.DoesNotContain("no project here", text, StringComparison.Ordinal);
            Assert.Contains("r refresh  3 search  q leave", text, StringComparison.Ordinal);
            Assert.DoesNotContain("d remove", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mended_manifest_is_shown_after_reading_again()
    {
        var session = Opened(new Outcome<ProjectOverview>.Failed(brokenManifest), 80, 24);
        session.Take<OpenProject>();
        session.Keys("r");
        Assert.Single(session.Take<OpenProject>());
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview)));
        Assert.Contains("web-kit", session.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("does not end", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_dependencies_says_how_to_get_one()
    {
        var session = Opened(new Outcome<ProjectOverview>.Done(Shop.Overview with { Manifest = Shop.Manifest with { Dependencies = [] }, Lockfile = null }), 44, 12);
        Assert.Contains("a finds and adds one", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_feed_has_said_yet_is_neither_current_nor_read()
    {
        var session = Opened(new Outcome<ProjectOverview>.Done(Shop.Overview), 120, 36);
        var text = session.Text();
        Assert.DoesNotContain("current", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0 updates", text, StringComparison.Ordinal);
        Assert.Contains("Last run  reading the feeds", text, StringComparison.Ordinal);
        session.Send(new PackageRead(PackageName.Parse("web-kit"), new Outcome<PackageIndex>.Failed(noConnection)));
        text = session.Text();
        Assert.Contains("? registry did not answer", text, StringComparison.Ordinal);
        Assert.Contains("! no feed answered (r tries again)", text, StringComparison.Ordinal);
        session.Send(new PackageRead(PackageName.Parse("auth-kit"), new Outcome<PackageIndex>.Done(Shop.Packages[0])));
        text = session.Text();
        Assert.Contains("? 4 not read", text, StringComparison.Ordinal);
        Assert.Contains("feeds read just now", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_of_nothing_says_why_it_is_empty()
    {
        var session = Opened(new Outcome<ProjectOverview>.Done(Shop.Overview with { Lockfile = null }), 80, 24);
        Assert.Contains("Nothing is locked yet", session.Keys("2").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_without_a_query_says_how_many_there_are_to_find()
    {
        var text = Shop.Open(80, 24).Keys("3").Text();
        Assert.Contains("8 packages to find", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing found", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_clears_the_query_and_then_leaves_the_search()
    {
        var session = Shop.Open(80, 24).Keys("3xyzzy⎋");
        Assert.Equal(2, session.State.Tab);
        Assert.Equal(0, session.Keys("⎋").State.Tab);
        session.Keys("q");
        Assert.Single(session.Take<Effect.Quit>());
    }

    [Fact]
    public void Notes_have_the_room_that_names_leave()
    {
        var session = Opened(new Outcome<ProjectOverview>.Done(Shop.Overview with { Lockfile = null }), 80, 24);
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Failed(Shop.Conflict)));
        Assert.Contains("! part of a conflict, f says why", session.Text(), StringComparison.Ordinal);
        Assert.Contains("? not locked yet, p plans it", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_failed_for_want_of_a_network_is_made_again_on_refresh()
    {
        var session = Shop.Open(80, 24).Keys("d");
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Failed(noConnection)));
        session.Keys("p");
        Assert.DoesNotContain("Enter apply", session.Keys("j").Text(), StringComparison.Ordinal);
        session.Take<MakePlan>();
        session.Keys("f");
        Assert.DoesNotContain("No repair was found", session.Text(), StringComparison.Ordinal);
        Assert.Contains("r try again", session.Text(), StringComparison.Ordinal);
        session.Keys("r").Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview)));
        Assert.Single(session.Take<MakePlan>());
    }

    [Fact]
    public void What_was_removed_is_counted_too()
    {
        var report = new ChangeReport { Folder = "/", Command = "cairn undo", WasEmpty = false, Removed = [new PackageId(PackageName.Parse("log-kit"), SemanticVersion.Parse("4.2.0"))] };
        var session = Shop.Open(80, 24);
        session.Send(new Travelled(TravelDirection.Back, new Outcome<ChangeReport>.Done(report)));
        Assert.Contains("Taken back: 1 package removed", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_another_version_stands_the_one_that_is_locked()
    {
        var text = Shop.Open(120, 36).Keys("jtkk").Text();
        Assert.Matches(@"│ web-kit 2\.0\.1", text);
        Assert.Matches(@"│ Locked +1\.9\.4", text);
    }

    [Fact]
    public void What_came_of_the_plan_is_not_cut_off_for_the_last_step()
    {
        var session = Shop.Open(80, 24).Keys("d");
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Failed(Shop.Conflict)));
        Assert.Contains("1 staged  ! cannot be solved, f says why", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_letter_that_cancels_does_nothing_where_nothing_runs()
    {
        var session = Shop.Open(80, 24).Keys("cc");
        Assert.Empty(session.Take<Effect.Quit>());
        session.Keys("\u0003\u0003");
        Assert.Single(session.Take<Effect.Quit>());
    }

    [Fact]
    public void Why_applying_failed_can_be_read_in_full_afterwards()
    {
        var session = Shop.Open(80, 24).Keys("d");
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Done(Shop.Plan))).Keys("p\r");
        session.Send(new Applied(new Outcome<ChangeReport>.Failed(noConnection))).Keys("j");
        Assert.Contains("! cannot be done, f says why", session.Text(), StringComparison.Ordinal);
        var text = session.Keys("f").Text();
        Assert.Contains("no connection", text, StringComparison.Ordinal);
        Assert.Contains("check the network", text, StringComparison.Ordinal);
        Assert.Single(session.State.Plan.Steps);
    }

    [Fact]
    public void Long_values_wrap_where_there_is_room()
    {
        var lines = new Detail(30).Pair("Needs", "alpha ^1, beta ^2, gamma ^3, delta ^4").Lines;
        Assert.Equal(["Needs", ""], lines.Select(line => line.Key));
        Assert.Single(new Detail(30, Room.Scarce).Pair("Needs", "alpha ^1, beta ^2, gamma ^3, delta ^4").Lines);
    }

    private static Session Opened(Outcome<ProjectOverview> outcome, int columns, int rows)
    {
        var session = new Session(new TerminalSize(columns, rows));
        session.Send(new ProjectOpened(outcome));
        session.Send(new NamesRead(new Outcome<NameIndex>.Done(Shop.Names)));
        return session;
    }
}
