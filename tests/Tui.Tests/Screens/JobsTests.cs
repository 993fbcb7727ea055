using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public class JobsTests
{
    private static readonly PackageId someone = new(PackageName.Parse("http-core"), SemanticVersion.Parse("2.1.0"));

    [Fact]
    public void A_job_is_shown_once_it_is_worth_it_and_moves_until_it_ends()
    {
        var session = Shop.Open(120, 36).Keys("u");
        Assert.DoesNotContain("1 job", session.Text(), StringComparison.Ordinal);
        Assert.Equal(session.State.Now + Job.ShownAfter, session.State.WakeAt);
        session.After(Job.ShownAfter);
        Assert.Contains("1 job ⠋ undo the last change", session.Text(), StringComparison.Ordinal);
        session.After(TimeSpan.FromMilliseconds(125));
        Assert.Contains("1 job ⠙", session.Text(), StringComparison.Ordinal);
        session.End(new Travelled(TravelDirection.Back, new Outcome<ChangeReport>.Cancelled()));
        Assert.DoesNotContain("1 job", session.Text(), StringComparison.Ordinal);
        Assert.Null(session.State.WakeAt);
    }

    [Fact]
    public void With_reduced_motion_seconds_are_counted_and_nothing_turns()
    {
        var session = Shop.Open(120, 36).With(state => state with { Motion = Motion.Reduced }).Keys("u");
        session.After(Job.ShownAfter);
        Assert.Contains("1 job 0 s undo the last change", session.Text(), StringComparison.Ordinal);
        Assert.Equal(session.State.Now + TimeSpan.FromSeconds(1), session.State.WakeAt);
        session.After(TimeSpan.FromSeconds(2));
        Assert.Contains("1 job 2 s undo", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_keeps_its_story()
    {
        var session = Shop.Open(120, 36).Keys("u");
        session.Send(new Message.JobProgressed(1, new ProgressEvent.ApplyStarted(2, 800, 2)));
        session.Send(new Message.JobProgressed(1, new ProgressEvent.DownloadAdvanced(someone, 200, 400)));
        var progress = session.State.Jobs.All[0].Progress;
        Assert.Equal((200, 4), (progress.BytesHere, progress.Total));
        session.Send(new Message.JobProgressed(1, new ProgressEvent.DownloadEnded(someone)));
        progress = session.State.Jobs.All[0].Progress;
        Assert.Equal((400, 1, 0), (progress.BytesHere, progress.Fetched, progress.Downloads.Length));
        session.End(new Travelled(TravelDirection.Back, new Outcome<ChangeReport>.Failed(new Problem(ProblemCode.TimedOut, "no answer", "try again"))));
        var job = session.State.Jobs.All[0];
        Assert.Equal((JobState.Failed, "no answer"), (job.State, job.Summary));
        Assert.Equal(["fetched http-core 2.1.0, verified"], job.Log.Select(line => line.Text));
    }

    [Fact]
    public void Stopping_is_asked_for_once()
    {
        var session = Shop.Open(80, 24);
        var step = Working.Stop(session.Keys("u").State, 1);
        Assert.Equal([new Effect.CancelJob(1)], step.Effects);
        Assert.Empty(Working.Stop(step.State, 1).Effects);
        Assert.Empty(Working.Stop(step.State, 7).Effects);
    }
}
