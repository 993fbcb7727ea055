using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public class DraftTests
{
    private static readonly PackageName web = PackageName.Parse("web-kit");

    [Fact]
    public void A_draft_is_staged_and_solved_again_and_not_applied()
    {
        var session = Opened();
        Assert.Single(session.Take<ReadDraft>());
        session.Send(Found(isStale: false));
        Assert.Contains("a draft of 1 step is staged again", session.Text(), StringComparison.Ordinal);
        var plan = Assert.Single(session.Take<MakePlan>());
        Assert.Equal([new ProjectEdit.Update(web)], plan.Edits);
        Assert.Equal([new Wish.NeverCopies(web)], plan.Wishes);
        Assert.Empty(session.Jobs<ApplyPlan>());
    }

    [Fact]
    public void A_stale_draft_says_that_it_is_solved_anew() =>
        Assert.Contains("the project has changed since", Opened().Send(Found(isStale: true)).Text(), StringComparison.Ordinal);

    [Fact]
    public void What_is_staged_already_goes_before_a_draft()
    {
        var session = Opened().Keys("d");
        session.Send(Found(isStale: false));
        Assert.DoesNotContain(session.State.Plan.Edits, edit => edit is ProjectEdit.Update);
    }

    [Fact]
    public void What_is_staged_becomes_a_draft_of_the_same()
    {
        var session = Opened().Send(Found(isStale: false));
        var draft = Drafting.Of(session.State);
        var step = Assert.Single(draft.Steps);
        Assert.Equal(('~', "web-kit in range", "web-kit"), (step.Sign, step.Words, step.Subject));
        Assert.Equal(ConflictsScreen.Of(session.State).Wishes.Wishes, draft.Wishes);
    }

    [Fact]
    public void A_line_of_the_plan_is_dropped_in_the_review()
    {
        var session = Shop.Open(120, 36).Keys("dj").Keys("d");
        Assert.Equal(2, session.State.Plan.Steps.Length);
        var kept = session.State.Plan.Steps[1];
        session.Keys("p").Keys("k").Keys("d");
        Assert.Equal([kept], session.State.Plan.Steps);
    }

    [Fact]
    public void Tab_goes_round_the_buttons_and_the_last_keeps_a_draft()
    {
        var session = Shop.Open(80, 24).Keys("d").Keys("p").Keys("\t\t").Keys("\r");
        Assert.IsNotType<ReviewPage>(session.State.Top);
        Assert.Contains("kept as a draft", session.Text(), StringComparison.Ordinal);
        Assert.Single(session.State.Plan.Steps);
        Assert.Empty(session.Jobs<ApplyPlan>());
    }

    [Fact]
    public void With_nothing_staged_there_is_no_draft_to_keep()
    {
        var session = Opened();
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Done(Shop.Plan))).Keys("p");
        Assert.IsType<ReviewPage>(session.State.Top);
        Assert.DoesNotContain("Save as draft", session.Text(), StringComparison.Ordinal);
        Assert.Equal(ReviewButton.Apply, ((ReviewPage)session.Keys("\t\t").State.Top).Marked);
    }

    [Fact]
    public void A_review_is_written_again_only_for_something_new()
    {
        var session = Opened().Keys("d");
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Done(Shop.Plan))).Keys("p");
        var lines = ((ReviewPage)session.State.Top).Lines;
        Assert.True(lines == ((ReviewPage)session.Keys("\t").State.Top).Lines);
        Assert.False(lines == ((ReviewPage)session.Send(new Message.Resized(new TerminalSize(80, 24))).State.Top).Lines);
    }

    [Fact]
    public void A_review_reads_the_packages_that_change_for_their_licences()
    {
        var session = Opened().Keys("d");
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Done(Shop.Plan)));
        session.Take<ReadPackage>();
        session.Keys("p");
        Assert.Equal(PackageName.Parse("http-core"), Assert.Single(session.Take<ReadPackage>()).Name);
    }

    private static Session Opened()
    {
        var session = new Session(new TerminalSize(120, 36));
        return session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview)));
    }

    private static DraftRead Found(bool isStale) => new(new Outcome<FoundDraft?>.Done(new FoundDraft(
        new PlanDraft([new DraftStep('~', "web-kit in range", "web-kit", [new ProjectEdit.Update(web)])], [new Wish.NeverCopies(web)], ""), isStale)));
}
