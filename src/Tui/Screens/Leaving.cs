using System.Collections.Immutable;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens;

/// <summary>Ctrl-C and q: what runs is stopped first, and nobody leaves unfinished work without being asked.</summary>
internal static class Leaving
{
    /// <summary>How long a second Ctrl-C counts.</summary>
    public static readonly TimeSpan SecondWithin = TimeSpan.FromSeconds(1);

    private const int NamedMax = 5;

    /// <summary>Stops the newest of what runs; with nothing running the second one quits.</summary>
    public static Step OnCancel(AppState state)
    {
        if (state.Jobs.Running.LastOrDefault() is { } job)
        {
            return Working.Cancel(state, job);
        }

        return state.MayQuit && state.Now - state.QuitAskedAt <= SecondWithin
            ? OnQuit(state)
            : (state with { MayQuit = true, QuitAskedAt = state.Now }).Say(Notice.Note(state.Plan.Steps.IsEmpty
                ? "nothing is running; Ctrl-C again quits"
                : $"{Kept(state)}: Ctrl-C again quits, {state.KeyOf(Command.Review)} reviews"));
    }

    public static Step OnQuit(AppState state)
    {
        if (state.Jobs.Running.Any())
        {
            return AskToStop(state);
        }

        return state.MayQuit || state.Plan.Steps.IsEmpty
            ? state.Do(new Effect.Quit())
            : (state with { MayQuit = true, QuitAskedAt = state.Now })
                .Say(Notice.Note($"{Kept(state)}: {state.KeyOf(Command.Quit)} again quits, {state.KeyOf(Command.Review)} reviews"));
    }

    /// <summary>For a job that was asked to stop and has not.</summary>
    public static Step Force(AppState state, Job job) => new Dialog(
        "It has not stopped yet",
        [
            $"{job.Title} was asked to stop and is still at it.",
            "Quitting at once is safe for the project: it is as before or as after, never between. What is half fetched is fetched again.",
        ],
        [new DialogButton("Quit at once", new AtOnce())])
    { Closing = "Wait" }.Open(state);

    /// <summary>When everything was asked to stop for quitting, and has.</summary>
    public static Step Settled(Step step) =>
        step.State.IsLeaving && !step.State.Jobs.Running.Any() ? step.And(new Effect.Quit()) : step;

    private static string Kept(AppState state) => $"{Staging.Count(state.Plan.Steps.Length, "step is", "steps are")} kept as a draft, not applied";

    private static Step AskToStop(AppState state)
    {
        var running = state.Jobs.Running.ToList();
        return new Dialog(
            $"{Staging.Count(running.Count, "job is", "jobs are")} still running",
            [
                .. running.Take(NamedMax).Select(job => $"- {job.Title}"),
                .. running.Count > NamedMax ? [$"and {running.Count - NamedMax} more"] : ImmutableArray<string>.Empty,
                "What is fetched is kept, and goes on from there the next time.",
            ],
            [new DialogButton("Stop and quit", new StopAll())])
        { Closing = "Stay" }.Open(state);
    }

    private sealed record StopAll : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values)
        {
            var step = new Step((state with { IsLeaving = true }).Say(Notice.Note("stopping what runs; Ctrl-C offers to quit at once")));
            foreach (var job in state.Jobs.Running)
            {
                var stopped = Working.Stop(step.State, job.Number);
                step = stopped with { Effects = step.Effects.AddRange(stopped.Effects) };
            }

            return Settled(step);
        }
    }

    private sealed record AtOnce : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values) => state.Do(new Effect.Quit());
    }
}
