using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
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

public sealed class UpdatingTests
{
    [Fact]
    public void At_start_the_project_is_opened_and_then_names_and_direct_packages_are_read()
    {
        var session = new Session(new TerminalSize(80, 24));
        Assert.Single(session.Take<OpenProject>());
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview)));
        Assert.Single(session.Take<ReadNames>());
        Assert.Equal(["web-kit", "auth-kit", "dash-kit", "log-kit", "test-kit"], session.Take<ReadPackage>().Select(read => read.Name.Value));
    }

    [Fact]
    public void Without_a_project_the_reason_is_shown_and_search_still_works()
    {
        var session = new Session(new TerminalSize(80, 24));
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Failed(new Problem(ProblemCode.ManifestMissing, "there is no `cairn.toml` here", "make one with `cairn init`"))));
        Assert.Contains("make one with `cairn init`", session.Text(), StringComparison.Ordinal);
        Assert.Single(session.Take<ReadNames>());
        session.Send(new NamesRead(new Outcome<Registry.Engine.Operations.Searching.NameIndex>.Done(Shop.Names))).Keys("3web");
        Assert.Contains("web-kit", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_whose_lockfile_is_behind_is_planned_at_once()
    {
        var session = new Session(new TerminalSize(80, 24));
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview with { Lockfile = null })));
        var plan = Assert.Single(session.Take<MakePlan>());
        Assert.Empty(plan.Edits);
        session.Send(new Planned(plan.Revision, new Outcome<ChangePlan>.Failed(Shop.Conflict)));
        Assert.Contains("cannot be solved, f says why", session.Text(), StringComparison.Ordinal);
        Assert.Empty(Shop.Open(80, 24).Take<MakePlan>());
    }

    [Fact]
    public void A_command_that_met_a_conflict_is_the_first_step_and_its_conflict_the_first_page()
    {
        var edit = new ProjectEdit.Update(PackageName.Parse("web-kit"), null, UpdateReach.Latest);
        var session = new Session(new TerminalSize(80, 24), new PlanStep('~', "cairn update web-kit --latest", null, [edit]));
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview)));
        var plan = Assert.Single(session.Take<MakePlan>());
        Assert.Equal([edit], plan.Edits);
        session.Send(new Planned(plan.Revision, new Outcome<ChangePlan>.Failed(Shop.Conflict)));
        Assert.Contains("looking for fixes that work", session.Text(), StringComparison.Ordinal);
        session.Talk().Keys("\r");
        Assert.Equal(2, session.State.Plan.Steps.Length);
        Assert.False(session.State.HasChanged);
        session.Send(new Applied(new Outcome<ChangeReport>.Done(new ChangeReport { Folder = "/", Command = "", WasEmpty = false })));
        Assert.True(session.State.HasChanged);
    }

    [Fact]
    public void Of_two_applied_changes_one_is_left_when_the_other_is_taken_back()
    {
        var session = Shop.Open(80, 24);
        var done = new Outcome<ChangeReport>.Done(new ChangeReport { Folder = "/", Command = "", WasEmpty = false });
        session.Send(new Travelled(TravelDirection.Back, done)).Send(new Applied(done)).Send(new Applied(done)).Send(new Travelled(TravelDirection.Back, done));
        Assert.True(session.State.HasChanged);
        Assert.False(session.Send(new Travelled(TravelDirection.Back, done)).State.HasChanged);
        Assert.True(session.Send(new Travelled(TravelDirection.Forward, done)).State.HasChanged);
    }

    [Fact]
    public void Ctrl_C_says_that_what_is_staged_is_kept_before_it_quits()
    {
        var session = Shop.Open(120, 36).Keys("d").Keys("\x03");
        Assert.Contains("1 step is kept as a draft, not applied: Ctrl-C again quits", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Take<Effect.Quit>());
        Assert.Single(session.Keys("\x03").Take<Effect.Quit>());
    }

    [Fact]
    public void A_project_that_another_program_changed_is_read_again_by_a_key()
    {
        var session = Shop.Open(120, 36).Keys("d");
        session.Send(new Applied(new Outcome<ChangeReport>.Failed(new Problem(ProblemCode.ProjectBusy, "`cairn.toml` was changed", "run the command again"))));
        Assert.Contains("r reads the project again", session.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("run the command", session.Text(), StringComparison.Ordinal);
        Assert.Single(session.State.Plan.Steps);
    }

    [Fact]
    public void Staging_solves_the_plan_and_writes_nothing()
    {
        var session = Shop.Open(80, 24).Keys("d");
        var plan = Assert.Single(session.Take<MakePlan>());
        Assert.Equal([new ProjectEdit.Remove("auth-kit", DependencyGroup.Normal)], plan.Edits);
        Assert.Empty(session.Jobs<ApplyPlan>());
        Assert.True(session.State.Plan.IsSolving);
    }

    [Fact]
    public void Removing_again_takes_it_out_of_the_plan()
    {
        var session = Shop.Open(80, 24).Keys("dd");
        Assert.Empty(session.State.Plan.Steps);
    }

    [Fact]
    public void Update_goes_in_range_then_to_the_latest_then_away()
    {
        var session = Shop.Open(80, 24).Keys("U");
        Assert.Equal(UpdateReach.Allowed, Assert.IsType<ProjectEdit.Update>(Assert.Single(session.State.Plan.Edits)).Reach);
        session.Keys("U");
        Assert.Equal(UpdateReach.Latest, Assert.IsType<ProjectEdit.Update>(Assert.Single(session.State.Plan.Edits)).Reach);
        session.Keys("U");
        Assert.Empty(session.State.Plan.Edits);
    }

    [Fact]
    public void A_pin_writes_the_locked_version_and_a_pinned_one_gets_its_range_back()
    {
        var session = Shop.Open(80, 24).Keys("=");
        Assert.Equal("=1.0.0", Assert.IsType<ProjectEdit.Constrain>(Assert.Single(session.State.Plan.Edits)).Constraint.Text);
        session = Shop.Open(80, 24).Keys("jj=");
        Assert.Equal("^4.2.0", Assert.IsType<ProjectEdit.Constrain>(Assert.Single(session.State.Plan.Edits)).Constraint.Text);
    }

    [Fact]
    public void A_chosen_version_outside_the_range_changes_the_manifest_too()
    {
        var session = Shop.Open(80, 24).Keys("jtkk\r");
        Assert.Empty(session.State.Pages);
        Assert.Equal(
            [
                new ProjectEdit.Constrain(DependencyGroup.Normal, "web-kit", Constraint.Parse("^2.0.1")),
                new ProjectEdit.Update(PackageName.Parse("web-kit"), SemanticVersion.Parse("2.0.1")),
            ],
            session.State.Plan.Edits);
    }

    [Fact]
    public void A_found_package_is_added_with_a_caret_range()
    {
        var session = Shop.Open(80, 24).Keys("3tpl\e[Ba");
        var add = Assert.IsType<ProjectEdit.Add>(Assert.Single(session.State.Plan.Edits));
        Assert.Equal(("tpl-kit", "^3.0.0", DependencyGroup.Normal), (add.Name.Value, add.Constraint?.Text, add.Group));
        session.Keys("A");
        Assert.Equal(DependencyGroup.Dev, Assert.IsType<ProjectEdit.Add>(Assert.Single(session.State.Plan.Edits)).Group);
    }

    [Fact]
    public void Undo_takes_steps_back_and_redo_brings_them_again()
    {
        var session = Shop.Open(80, 24).Keys("dju");
        Assert.Empty(session.State.Plan.Steps);
        session.Keys("\u0012");
        Assert.Equal("auth-kit", Assert.Single(session.State.Plan.Steps).Words);
        Assert.Empty(session.Jobs<Travel>());
    }

    [Fact]
    public void With_nothing_staged_undo_takes_back_the_last_applied_change()
    {
        var session = Shop.Open(80, 24).Keys("u");
        Assert.Equal(TravelDirection.Back, Assert.Single(session.Jobs<Travel>()).Direction);
        session.Send(new Travelled(TravelDirection.Back, new Outcome<ChangeReport>.Done(Report())));
        Assert.Contains("Taken back: 1 change in the lock", session.Text(), StringComparison.Ordinal);
        Assert.Equal(2, session.Take<OpenProject>().Count);
    }

    [Fact]
    public void An_answer_to_an_older_plan_is_not_taken_for_this_one()
    {
        var session = Shop.Open(80, 24).Keys("d");
        var old = session.Take<MakePlan>()[0];
        session.Keys("jd").Send(new Planned(old.Revision, new Outcome<ChangePlan>.Done(Shop.Plan)));
        Assert.True(session.State.Plan.IsSolving);
    }

    [Fact]
    public void Apply_happens_only_from_the_review_and_only_of_what_was_shown()
    {
        var session = Shop.Open(80, 24).Keys("d");
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p");
        Assert.Empty(session.Jobs<ApplyPlan>());
        session.Keys("\r");
        Assert.Same(Shop.Plan, Assert.Single(session.Jobs<ApplyPlan>()).Plan);
        session.Send(new Applied(new Outcome<ChangeReport>.Done(Report())));
        Assert.Empty(session.State.Plan.Steps);
        Assert.Empty(session.State.Pages);
        Assert.Contains("Applied: 1 change in the lock, 1 package installed. u takes it back", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_is_not_solved_yet_cannot_be_applied()
    {
        var session = Shop.Open(80, 24).Keys("dp\r");
        Assert.Empty(session.Jobs<ApplyPlan>());
        Assert.IsType<ReviewPage>(session.State.Top);
        Assert.Contains("still solving", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_review_Back_applies_nothing()
    {
        var session = Shop.Open(80, 24).Keys("d");
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p\t\r");
        Assert.Empty(session.Jobs<ApplyPlan>());
        Assert.Empty(session.State.Pages);
    }

    [Fact]
    public void A_stopped_apply_keeps_the_plan()
    {
        var session = Shop.Open(80, 24).Keys("d");
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p\rc");
        Assert.Single(session.Take<Effect.CancelJob>());
        Assert.Contains("Stopping.", session.Text(), StringComparison.Ordinal);
        session.Send(new Applied(new Outcome<ChangeReport>.Cancelled()));
        Assert.Single(session.State.Plan.Steps);
        Assert.Contains("Nothing was changed", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void While_applying_one_can_look_around_but_changes_wait()
    {
        var session = Shop.Open(80, 24).Keys("d");
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p\r").Effects.Clear();
        session.Keys("2");
        Assert.IsType<TreeScreen>(session.State.Top);
        foreach (var key in new[] { "u", "\u0012", "1jd", "U", "=", "p\r" })
        {
            session.Keys(key);
            Assert.Contains("the project is being changed (apply: 1 change in the lock)", session.Text(), StringComparison.Ordinal);
        }

        Assert.Empty(session.Take<MakePlan>());
        Assert.Empty(session.Take<Effect.Run>());
    }

    [Fact]
    public void A_repair_is_staged_as_one_step()
    {
        var session = Shop.Open(80, 24).Keys("UU");
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Failed(Shop.Conflict));
        session.Talk().Keys("fj\r");
        Assert.StartsWith("copies", Assert.IsType<ProjectEdit.ApplyRepair>(session.State.Plan.Edits[^1]).Repair.Id, StringComparison.Ordinal);
        Assert.Equal(2, session.State.Plan.Steps.Length);
        session.Keys("u");
        Assert.Single(session.State.Plan.Steps);
    }

    [Fact]
    public void A_repair_goes_before_an_exact_version_of_what_it_changes()
    {
        var session = Shop.Open(80, 24).Keys("jtg\r");
        Assert.Equal(2, session.State.Plan.Edits.Length);
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Failed(Shop.Conflict));
        session.Talk().Keys("fjj\r");
        Assert.Collection(
            session.State.Plan.Edits,
            edit => Assert.IsType<ProjectEdit.Constrain>(edit),
            edit => Assert.IsType<ProjectEdit.ApplyRepair>(edit));
    }

    [Fact]
    public void Typing_in_a_filter_is_no_command()
    {
        var session = Shop.Open(80, 24).Keys("/dupq");
        Assert.Empty(session.State.Plan.Steps);
        Assert.Empty(session.Take<Effect.Quit>());
        session.Keys("⎋");
        Assert.DoesNotContain("Filter:", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_finds_a_key_by_words_and_does_it()
    {
        var session = Shop.Open(80, 24).Keys("?turn round");
        Assert.Contains(((HelpPage)session.State.Top).Found, row => row is { Command: Command.Invert, Keys: "2 i" });
        session.Keys("⎋2?turn the tree\r");
        Assert.Contains("Who needs acme-shop", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_of_a_screen_has_one_meaning()
    {
        foreach (var scope in Enum.GetValues<Scope>().Where(scope => int.IsPow2((int)scope)))
        {
            var keys = KeyMap.All.Where(binding => (binding.Scope & scope) != 0).SelectMany(binding => binding.Keys.Split(' ')).ToList();
            Assert.Equal(keys.Distinct(), keys);
        }
    }

    [Fact]
    public void A_letter_means_the_same_everywhere()
    {
        var keys = KeyMap.All.SelectMany(binding => binding.Keys.Split(' ').Select(key => (Key: key, binding.Command))).Distinct().ToList();
        Assert.Equal(keys.DistinctBy(key => key.Key), keys);
    }

    [Fact]
    public void Leaving_with_something_staged_asks_once()
    {
        var session = Shop.Open(80, 24).Keys("dq");
        Assert.Empty(session.Take<Effect.Quit>());
        Assert.Contains("q again quits", session.Text(), StringComparison.Ordinal);
        session.Keys("q");
        Assert.Single(session.Take<Effect.Quit>());
    }

    [Fact]
    public void The_mouse_selects_opens_and_scrolls()
    {
        var session = Shop.Open(80, 24).Keys("\e[<0;5;6M");
        Assert.Contains(">  web-kit", session.Text(), StringComparison.Ordinal);
        session.Keys("\e[<0;5;6M");
        Assert.Equal("web-kit", Assert.IsType<PackagePage>(session.State.Top).Name.Value);
        session.Keys("⎋\e[<0;16;2M");
        Assert.Equal(1, session.State.Tab);
    }

    [Fact]
    public void A_resize_keeps_the_selection_in_view()
    {
        var session = Shop.Open(120, 36).Keys("2G").Send(new Message.Resized(new TerminalSize(60, 12)));
        Assert.Contains(">   └─ tpl-kit", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_steady_screen_allocates_nothing()
    {
        foreach (var keys in new[] { "", "2jjj", "3kit\e[B", "\r", "t", "?", "2w" })
        {
            var session = Shop.Open(120, 36).Keys(keys);
            var frame = new Frame(new GlyphTable(), 120, 36);
            var shown = new Frame(frame.Glyphs, 120, 36);
            var presenter = new Presenter(new Look(Theme.Dark, ColourDepth.True, GlyphSet.Unicode));
            Draw();

            // Of twenty frames nothing; the runtime itself took a little once, on a loaded machine, and not in the next twenty.
            var taken = Math.Min(Drawn(), Math.Min(Drawn(), Drawn()));
            Assert.Equal((keys, 0), (keys, taken));

            long Drawn()
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 20; i++)
                {
                    Draw();
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            void Draw()
            {
                frame.Clear();
                Chrome.Draw(new Canvas(frame), session.State);
                presenter.Change(shown, frame);
            }
        }
    }

    private static ChangeReport Report() => new()
    {
        Folder = Shop.Overview.Folder,
        Command = "cairn remove auth-kit",
        WasEmpty = false,
        Lock = new LockDifference([new LockChange(LockChangeKind.Removed, PackageName.Parse("auth-kit"), Shop.Lockfile.Packages[1], null)]),
        Installed = [Shop.Lockfile.Packages[2].Id],
        PackagesInstalled = 7,
    };
}
