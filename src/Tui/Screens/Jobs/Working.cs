namespace Registry.Tui.Screens.Jobs;

/// <summary>Starts jobs, and says how the state goes on with them.</summary>
internal static class Working
{
    /// <summary>Runs an inquiry as a job with a number of its own.</summary>
    public static Step Start(this AppState state, string title, Inquiry inquiry)
    {
        var job = new Job(state.Jobs.Started + 1, title, inquiry, state.Now);
        return (state with { Jobs = state.Jobs.With(job) }).Do(new Effect.Run(job.Number, inquiry));
    }

    public static Step Stop(AppState state, int number) => state.Jobs.Find(number) is { IsRunning: true, IsStopping: false }
        ? (state with { Jobs = state.Jobs.Stopping(number) }).Do(new Effect.CancelJob(number))
        : state;

    public static Step OnProgress(AppState state, Message.JobProgressed progressed) =>
        state with { Jobs = state.Jobs.After(progressed.Job, progressed.Event, state.Now) };

    public static Step OnEnd(AppState state, Message.JobEnded ended) =>
        ended.Answer.Reach(state with { Jobs = state.Jobs.After(ended.Job, ended.Answer.Ending, state.Now) });
}
