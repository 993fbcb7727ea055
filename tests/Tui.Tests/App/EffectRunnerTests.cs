using System.Collections.Concurrent;
using Registry.Engine.Progress;
using Registry.Tui.App;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Tests.App;

public sealed class EffectRunnerTests : IDisposable
{
    private readonly Letters letters = new();
    private readonly EffectRunner effects;

    public EffectRunnerTests() => effects = new EffectRunner(null!, letters);

    [Fact]
    public void A_job_that_was_stopped_ends_though_it_had_nothing_to_say()
    {
        effects.Start(new Effect.Run(7, new Endless("a")));
        effects.Start(new Effect.CancelJob(7));
        Assert.Equal(new Message.JobEnded(7, new Stopped()), Next(letters.Posted));
    }

    [Fact]
    public void A_newer_question_takes_the_place_of_a_job_with_its_mark_and_of_no_other()
    {
        effects.Start(new Effect.Run(1, new Endless("audit")));
        effects.Start(new Effect.Run(2, new Endless("review")));
        effects.Start(new Endless("audit"));
        Assert.Equal(new Message.JobEnded(1, new Stopped()), Next(letters.Posted));
        effects.Start(new Effect.Run(3, new Endless("review")));
        Assert.Equal(new Message.JobEnded(2, new Stopped()), Next(letters.Posted));
    }

    [Fact]
    public void A_question_that_gives_up_by_itself_is_a_bug_and_not_silence()
    {
        effects.Start(new GivesUp());
        Assert.IsType<OperationCanceledException>(Next(letters.Bugs));
        effects.Start(new Effect.Run(1, new GivesUp()));
        Assert.IsType<OperationCanceledException>(Next(letters.Bugs));
        Assert.Empty(letters.Posted);
    }

    public void Dispose()
    {
        effects.Dispose();
        letters.Posted.Dispose();
        letters.Bugs.Dispose();
    }

    private static T Next<T>(BlockingCollection<T> things) => things.Take(TestContext.Current.CancellationToken);

    private sealed class Letters : IMailbox
    {
        public BlockingCollection<Message> Posted { get; } = [];

        public BlockingCollection<Exception> Bugs { get; } = [];

        public void Post(Message message) => Posted.Add(message);

        public void Fail(Exception bug) => Bugs.Add(bug);

        public void Ring()
        {
        }
    }

    private sealed record Endless(string Mark) : Inquiry
    {
        public override string Replaces => Mark;

        public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return new Stopped();
        }
    }

    private sealed record GivesUp : Inquiry
    {
        public override Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
            Task.FromException<News>(new OperationCanceledException());
    }
}
