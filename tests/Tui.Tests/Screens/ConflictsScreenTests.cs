using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public class ConflictsScreenTests
{
    private static PackageName Name(string name) => PackageName.Parse(name);

    [Theory]
    [InlineData("conflict", "")]
    [InlineData("conflict-wishes", "-")]
    [InlineData("conflict-stuck", "--")]
    [InlineData("conflict-overrides", "O")]
    [InlineData("conflict-forced", "OG\r")]
    public void It_looks_like_this(string name, string keys)
    {
        foreach (var (columns, rows) in new[] { (120, 36), (80, 24), (60, 15), (44, 12) })
        {
            var session = Quarrel.Open(columns, rows);
            foreach (var key in keys)
            {
                session.Keys(key.ToString()).Talk();
            }

            var file = $"{name}-{columns}x{rows}";
            Assert.Equal(Snapshot.Expected(file, session.Text()), session.Text());
        }
    }

    [Fact]
    public void A_refused_plan_is_talked_over_at_once_and_shows_itself_only_by_its_badge()
    {
        var session = Quarrel.Open(80, 24).Keys("1").Keys("2");
        session.Send(new Planned(session.State.Plan.Revision, Quarrel.Refused));
        Assert.Equal(Scope.Tree, session.State.Top.Scope);
        Assert.Contains("4 Confl1!", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Take<TalkOver>());
    }

    [Fact]
    public void Repairs_come_one_by_one_and_the_first_is_selected()
    {
        var session = Quarrel.Refuse(80, 24);
        var ask = Assert.Single(session.Take<TalkOver>());
        var whole = Quarrel.Report([]);
        var part = whole with { State = whole.State! with { Repairs = whole.State.Repairs[..1], Forced = [], IsComplete = false } };
        session.Send(new TalkedOver(ask.Edits, ask.Wishes, new Outcome<ConflictReport>.Done(part))).Keys("f");
        Assert.Contains("looking for more", session.Text(), StringComparison.Ordinal);
        Assert.Contains("> A  Try auth-kit", session.Text(), StringComparison.Ordinal);
        session.Talk();
        Assert.Contains("5 of 5", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Four_keys_lead_from_the_conflict_to_the_applied_fix()
    {
        var session = Quarrel.Open(80, 24).Keys("1");
        session.Keys("f").Keys("\r");
        var plan = Assert.Single(session.Take<MakePlan>());
        Assert.Equal("change-auth-kit", Assert.IsType<ProjectEdit.ApplyRepair>(plan.Edits[^1]).Repair.Id[..15]);
        session.Send(new Planned(plan.Revision, new Outcome<ChangePlan>.Done(Shop.Plan))).Keys("p").Keys("\r");
        Assert.IsType<ApplyPage>(session.State.Top);
        Assert.Single(session.Jobs<ApplyPlan>());
    }

    [Fact]
    public void A_fix_takes_the_place_of_the_one_that_was_staged()
    {
        var session = Quarrel.Open(80, 24).Keys("\r").Keys(".").Keys("\r");
        var repair = Assert.Single(session.State.Plan.Edits.OfType<ProjectEdit.ApplyRepair>()).Repair;
        Assert.StartsWith("copies", repair.Id, StringComparison.Ordinal);
        Assert.Equal(2, session.State.Plan.Steps.Length);
        Assert.Contains("~ staged", session.Text(), StringComparison.Ordinal);
        session.Keys("u");
        Assert.DoesNotContain("~ staged", session.Text(), StringComparison.Ordinal);
        Assert.Single(session.State.Plan.Steps);
    }

    [Fact]
    public void Wishes_are_asked_at_once_hold_in_the_plan_and_are_taken_back_with_u()
    {
        var session = Quarrel.Open(120, 36);
        session.Keys("-");
        var ask = Assert.Single(session.Take<TalkOver>());
        Assert.Equal([new Wish.NeverPrereleases(Name("auth-kit"))], ask.Wishes);
        session.Send(new TalkedOver(ask.Edits, ask.Wishes, new Outcome<ConflictReport>.Done(Quarrel.Report(ask.Wishes))));
        Assert.Contains("> B  Keep two copies of http-core", session.Text(), StringComparison.Ordinal);
        Assert.Contains("A  ruled out: auth-kit must not be a pre-release", session.Text(), StringComparison.Ordinal);

        session.Keys("\r");
        Assert.Equal(ask.Wishes, Assert.Single(session.Take<MakePlan>()).Wishes);
        session.Keys("u");
        Assert.Single(session.State.Plan.Steps);
        session.Keys("u").Talk();
        Assert.Contains("none yet", session.Text(), StringComparison.Ordinal);
        session.Keys("\x12").Talk();
        Assert.Contains("- auth-kit must not be a p", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_wishes_take_a_staged_fix_back()
    {
        var session = Quarrel.Open(120, 36).Keys("\r").Keys("-");
        Assert.Empty(session.State.Plan.Edits.OfType<ProjectEdit.ApplyRepair>());
    }

    [Fact]
    public void Facts_fixes_and_lock_lines_can_be_wished_for()
    {
        Assert.Equal([new Wish.KeepLine("cairn.toml", DependencyGroup.Normal, "web-kit")], WishesAfter("g+"));
        Assert.Equal([new Wish.Never(Name("web-kit"), Constraint.Parse("^2").Versions)], WishesAfter("g-"));
        Assert.Equal([new Wish.Keep(Name("web-kit"), new(1, 9, 4))], WishesAfter("gj+"));
        Assert.Equal([new Wish.KeepLine("cairn.toml", DependencyGroup.Normal, "auth-kit")], WishesAfter("+"));
        Assert.Equal([new Wish.NeverCopies(Name("http-core"))], WishesAfter(".-"));
        Assert.Equal([new Wish.Never(Name("web-kit"), Constraint.Parse("^1.9.4").Versions)], WishesAfter("..-"));
        Assert.Equal([new Wish.KeepLine("cairn.toml", DependencyGroup.Normal, "web-kit")], WishesAfter("...-"));
        Assert.Equal([new Wish.Keep(Name("auth-kit"), new(1, 1, 0))], WishesAfter("\t+"));
        Assert.Equal([new Wish.Never(Name("http-core"), VersionSet.Only(new(2, 1, 0)))], WishesAfter("\tj-"));
    }

    [Fact]
    public void A_wish_that_is_selected_is_dropped()
    {
        var session = Quarrel.Open(120, 36).Keys("-").Talk().Keys("\t").Keys("G").Keys("jjjjjjjjj").Keys("-");
        Assert.Empty(ConflictsScreen.Of(session.State).Wishes.Wishes);
    }

    [Fact]
    public void Stuck_wishes_are_dropped_with_enter()
    {
        var session = Quarrel.Open(120, 36).Keys("-").Talk().Keys("-").Talk();
        Assert.Contains("These two block each other", session.Text(), StringComparison.Ordinal);
        session.Keys("\r").Talk();
        Assert.Equal([new Wish.NeverCopies(Name("http-core"))], ConflictsScreen.Of(session.State).Wishes.Wishes);
        Assert.Contains("> A  Try auth-kit", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_override_needs_a_reason_that_goes_into_the_manifest()
    {
        var session = Quarrel.Open(80, 24).Keys("O").Keys("G").Keys("\r");
        session.Keys("\r");
        Assert.Contains("Reason is needed.", session.Text(), StringComparison.Ordinal);
        session.Keys(new string('x', 201)).Keys("\r");
        Assert.Contains("at most 200 characters", session.Text(), StringComparison.Ordinal);
        session.Keys("\u0015auth-kit works with it").Keys("\r");
        var repair = Assert.IsType<ProjectEdit.ApplyRepair>(session.State.Plan.Edits[^1]).Repair;
        Assert.Equal("auth-kit works with it", Assert.IsType<ManifestEdit.AddOverride>(Assert.Single(repair.Edits)).Reason);
        Assert.Equal(Scope.Conflict, session.State.Top.Scope);
    }

    [Fact]
    public void Explaining_more_shows_the_whole_proof_once_it_is_there()
    {
        var session = Quarrel.Open(120, 36).Keys("x");
        var ask = Assert.Single(session.Take<Derive>());
        Assert.Contains("working it out", session.Text(), StringComparison.Ordinal);
        session.Send(new Derived(ask.Explanation, Derivation.Of(ask.Explanation)));
        Assert.Contains("so nothing fits  (from", session.Text(), StringComparison.Ordinal);
        session.Keys("x");
        Assert.IsType<ConflictsScreen>(session.State.Top);
    }

    [Fact]
    public void Leaving_and_coming_back_finds_the_session_as_it_was()
    {
        var session = Quarrel.Open(80, 24).Keys("-").Talk().Keys(".");
        var before = session.Text();
        session.Keys("1").Keys("2").Keys("4");
        Assert.Equal(before, session.Text());
        Assert.Empty(session.Take<TalkOver>());
    }

    [Fact]
    public void Applying_ends_the_session()
    {
        var session = Quarrel.Open(80, 24).Keys("-").Talk().Keys("\r");
        session.Send(new Applied(new Outcome<ChangeReport>.Done(new ChangeReport { Folder = "/", Command = "", WasEmpty = false })));
        Assert.Empty(ConflictsScreen.Of(session.State).Wishes.Wishes);
        Assert.Null(ConflictsScreen.Of(session.State).Report);
    }

    [Fact]
    public void A_talk_that_cannot_go_on_says_why()
    {
        var session = Quarrel.Open(80, 24).Keys("-");
        var ask = Assert.Single(session.Take<TalkOver>());
        session.Send(new TalkedOver(ask.Edits, ask.Wishes, new Outcome<ConflictReport>.Failed(new Problem(ProblemCode.RegistryUnreachable, "the registry does not answer", "try again"))));
        Assert.Contains("the registry does not answer", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_steady_frame_allocates_nothing()
    {
        var session = Quarrel.Open(120, 36);
        var frame = new Frame(new GlyphTable(), 120, 36);
        Chrome.Draw(new Canvas(frame), session.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Chrome.Draw(new Canvas(frame), session.State);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ImmutableArray<Wish> WishesAfter(string keys) =>
        keys.Aggregate(Quarrel.Open(120, 36), (session, key) => session.Keys(key.ToString())) is var session ? ConflictsScreen.Of(session.State).Wishes.Wishes : [];
}
