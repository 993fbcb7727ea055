using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Activity;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Problems;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public sealed class ActivityTests
{
    private static readonly PackageId core = new(PackageName.Parse("http-core"), SemanticVersion.Parse("2.1.0"));
    private static readonly PackageId web = new(PackageName.Parse("web-kit"), SemanticVersion.Parse("2.0.1"));

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    [InlineData(60, 15)]
    [InlineData(44, 12)]
    public void It_shows_what_runs_what_ran_and_what_can_be_taken_back(int columns, int rows)
    {
        var session = Busy(columns, rows);
        Assert.Equal(Snapshot.Expected($"activity-{columns}x{rows}", session.Text()), session.Text());
        session.Keys("G");
        Assert.Equal(Snapshot.Expected($"activity-history-{columns}x{rows}", session.Text()), session.Text());
    }

    [Fact]
    public void A_guess_of_the_time_left_comes_after_two_seconds_and_a_tenth()
    {
        var job = new Job(1, "fetch", new TakeBack(1), default);
        var now = default(DateTimeOffset);
        job = job.After(new ProgressEvent.ApplyStarted(10, 1_000_000, 0), now).After(new ProgressEvent.DownloadAdvanced(core, 99_000, 500_000), now);
        Assert.Null(JobText.Left(job, now + TimeSpan.FromSeconds(5)));
        job = job.After(new ProgressEvent.DownloadAdvanced(core, 250_000, 500_000), now);
        Assert.Null(JobText.Left(job, now + TimeSpan.FromSeconds(1.9)));
        Assert.Equal(TimeSpan.FromSeconds(6), JobText.Left(job, now + TimeSpan.FromSeconds(2)));
        Assert.Equal("0/10  0.2 of 1.0 MB  ~6 s", JobText.Progress(job, now + TimeSpan.FromSeconds(2)));
        Assert.Equal("125 kB/s", JobText.Rate(job, now + TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Cancelling_says_so_at_once_and_the_second_time_offers_force()
    {
        var session = Busy(80, 24).Keys("c");
        Assert.Equal(3, Assert.Single(session.Take<Effect.CancelJob>()).Job);
        Assert.Contains("stopping: apply", session.Text(), StringComparison.Ordinal);
        session.Keys("c");
        Assert.IsType<DialogPage>(session.State.Top);
        session.Keys("\r");
        Assert.Single(session.Take<Effect.Quit>());
    }

    [Fact]
    public void The_log_is_found_in_and_copied()
    {
        var session = Busy(80, 24).Keys("/http");
        Assert.Contains("fetched http-core 2.1.0, verified", session.Text(), StringComparison.Ordinal);
        session.Keys("\u0015nothing");
        Assert.Contains("no such line", session.Text(), StringComparison.Ordinal);
        session.Keys("⎋yl");
        Assert.Contains("fetched http-core 2.1.0, verified", Assert.Single(session.Take<Effect.Copy>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_or_was_cancelled_is_run_again()
    {
        var session = Busy(80, 24);
        session.Send(new Message.JobEnded(3, new Applied(new Outcome<ChangeReport>.Cancelled()))).Effects.Clear();
        session.Keys("gr");
        Assert.Single(session.Jobs<ApplyPlan>());
    }

    [Fact]
    public void A_failed_job_shows_its_problem_whole()
    {
        var session = Busy(80, 24);
        session.Send(new Message.JobEnded(3, new Applied(new Outcome<ChangeReport>.Failed(new Problem(ProblemCode.TimedOut, "no answer", "try again")))));
        session.Keys(" ");
        session.Keys("g\r");
        Assert.IsType<ProblemPage>(session.State.Top);
    }

    [Fact]
    public void Going_back_over_several_changes_asks_and_does_it_in_one_step()
    {
        var session = Busy(80, 24);
        session.Send(new Message.JobEnded(3, new Applied(new Outcome<ChangeReport>.Cancelled())));
        session.Keys("G\r");
        Assert.Equal(Snapshot.Expected("activity-back-80x24", session.Text()), session.Text());
        session.Keys("\r");
        Assert.Equal(40, Assert.Single(session.Jobs<TakeBack>()).Change);
    }

    [Fact]
    public void The_selection_stays_on_its_job_when_others_come()
    {
        var session = Busy(80, 24).Keys("jj");
        var selected = session.Text().Split('\n').Single(line => line.StartsWith('>'));
        session.Open(state => state.Start("look", new ReadHistory(null)));
        Assert.Equal(selected, session.Text().Split('\n').Single(line => line.StartsWith('>')));
    }

    [Fact]
    public void What_is_done_is_taken_off_the_list()
    {
        var session = Busy(80, 24).Keys("d");
        Assert.Equal([3], session.State.Jobs.All.Select(job => job.Number));
        session.Keys("d");
        Assert.Contains("nothing is done yet", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quitting_with_work_going_on_stops_it_first()
    {
        var session = Busy(80, 24).Keys("q");
        Assert.Empty(session.Take<Effect.Quit>());
        Assert.Equal(Snapshot.Expected("quit-80x24", session.Text()), session.Text());
        session.Keys("⎋q\r");
        Assert.Single(session.Take<Effect.CancelJob>());
        Assert.Empty(session.Take<Effect.Quit>());
        session.Send(new Message.JobEnded(3, new Applied(new Outcome<ChangeReport>.Cancelled())));
        Assert.Single(session.Take<Effect.Quit>());
    }

    [Fact]
    public void Ctrl_C_quits_only_twice_within_a_second()
    {
        var session = Shop.Open(80, 24).Keys("\u0003");
        session.After(TimeSpan.FromSeconds(2)).Keys("\u0003");
        Assert.Empty(session.Take<Effect.Quit>());
        session.Keys("\u0003");
        Assert.Single(session.Take<Effect.Quit>());
    }

    // One job done, one failed, one applying, and three changes to go back to.
    private static Session Busy(int columns, int rows)
    {
        var session = Shop.Open(columns, rows).Keys("u");
        session.After(TimeSpan.FromMilliseconds(84));
        session.End(new Travelled(TravelDirection.Back, new Outcome<ChangeReport>.Failed(new Problem(ProblemCode.NothingToUndo, "no change of this project is left to undo", "change something"))));
        session.Keys("\u0012");
        session.After(TimeSpan.FromSeconds(1.9));
        session.End(new Travelled(TravelDirection.Forward, new Outcome<ChangeReport>.Done(new ChangeReport { Folder = "/", Command = "", WasEmpty = false, Installed = [core] })));
        session.Keys("1d");
        GoldenTests.Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p\r8");
        session.Send(new Message.JobProgressed(3, new ProgressEvent.ApplyStarted(4, 8_800_000, 4)));
        session.Send(new Message.JobProgressed(3, new ProgressEvent.DownloadAdvanced(core, 412_000, 412_000)));
        session.Send(new Message.JobProgressed(3, new ProgressEvent.DownloadEnded(core)));
        session.Send(new Message.JobProgressed(3, new ProgressEvent.DownloadAdvanced(web, 1_100_000, 1_900_000)));
        var at = session.State.Now;
        session.Take<ReadHistory>();
        session.Send(new HistoryRead(new Outcome<HistoryReport>.Done(new HistoryReport(
        [
            new(39, "cairn install", "first lock", at.AddDays(-1)), new(40, "cairn add http-client", "add http-client", at.AddHours(-2)), new(41, "cairn update yaml-core log-kit", "update yaml-core, log-kit", at.AddMinutes(-2)),
        ]))));
        return session.After(TimeSpan.FromSeconds(2)).Keys("g");
    }
}
