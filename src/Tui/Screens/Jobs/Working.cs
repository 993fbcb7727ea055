namespace Registry.Tui.Screens.Jobs;

/// <summary>Starts jobs, and says how the state goes on with them.</summary>
internal static class Working
{
    /// <summary>Why nothing else can change the project just now; null when something can.</summary>
    public static string? WhyBusy(AppState state) => state.Jobs.Running.FirstOrDefault(job => job.Inquiry.Writes) is { } job
        ? $"the project is being changed ({job.Title}): wait, or stop it on screen {TabTitle.Of(Scope.Activity).Digit}"
        : null;

    /// <summary>Runs an inquiry as a job with a number of its own. Of those that change the project only one at a time.</summary>
    public static Step Start(this AppState state, string title, Inquiry inquiry)
    {
        if (inquiry.Writes && WhyBusy(state) is { } busy)
        {
            return state.Say(Notice.Note(busy));
        }

        var job = new Job(state.Jobs.Started + 1, title, inquiry, state.Now);
        return (state with { Jobs = state.Jobs.With(job) }).Do(new Effect.Run(job.Number, inquiry));
    }

    public static Step Stop(AppState state, int number) => state.Jobs.Find(number) is { IsRunning: true, IsStopping: false }
        ? (state with { Jobs = state.Jobs.Stopping(number) }).Do(new Effect.CancelJob(number))
        : state;

    /// <summary>Stops a job and says so; when that was asked for before, offers more.</summary>
    public static Step Cancel(AppState state, Job job) => job.IsStopping
        ? Leaving.Force(state, job)
        : Stop(state.Say(Notice.Note($"stopping: {job.Title}")), job.Number);

    public static Step OnProgress(AppState state, Message.JobProgressed progressed) =>
        state with { Jobs = state.Jobs.After(progressed.Job, progressed.Event, state.Now) };

    public static Step OnEnd(AppState state, Message.JobEnded ended) =>
        Leaving.Settled(ended.Answer.Reach(state with { Jobs = state.Jobs.After(ended.Job, ended.Answer.Ending, state.Now) }));
}
