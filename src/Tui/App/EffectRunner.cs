using System.Collections.Concurrent;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.App;

/// <summary>Runs inquiries on the thread pool and posts what comes of them. Counts those under way.</summary>
internal sealed class EffectRunner(IWorkbench workbench, IMailbox mailbox) : IDisposable
{
    // Feeds have their own bounds; this one keeps a fast scroll from starting hundreds of reads.
    private const int MinorMax = 8;

    private readonly SemaphoreSlim minor = new(MinorMax);
    private readonly CancellationTokenSource all = new();
    private readonly ConcurrentDictionary<int, CancellationTokenSource> jobs = new();
    private readonly Dictionary<string, CancellationTokenSource> latest = [];

    private int running;

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle => Volatile.Read(ref running) == 0;

    /// <summary>Only from the UI thread.</summary>
    public void Start(Effect effect)
    {
        switch (effect)
        {
            case Inquiry inquiry:
                var token = TokenOf(inquiry);
                Run(() => AskAsync(inquiry, Silence.Instance, token));
                break;
            case Effect.Run run:
                var stop = jobs[run.Job] = CancellationTokenSource.CreateLinkedTokenSource(TokenOf(run.Inquiry));
                Run(() => DoJobAsync(run, stop));
                break;
            case Effect.CancelJob cancel:
                Cancel(cancel.Job);
                break;
        }
    }

    /// <summary>Asks everything to stop; what still comes is posted to nobody.</summary>
    public void Dispose()
    {
        all.Cancel();
        foreach (var source in latest.Values)
        {
            source.Dispose();
        }

        all.Dispose();
    }

    private async Task<Message?> AskAsync(Inquiry inquiry, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        try
        {
            return inquiry.IsMinor
                ? await AskMinorAsync(inquiry, progress, cancellation).ConfigureAwait(false)
                : await inquiry.AskAsync(workbench, progress, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // We are leaving, or a newer question took its place: nobody waits for it.
            return null;
        }
    }

    private async Task<Message> AskMinorAsync(Inquiry inquiry, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        await minor.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await inquiry.AskAsync(workbench, progress, cancellation).ConfigureAwait(false);
        }
        finally
        {
            minor.Release();
        }
    }

    private async Task<Message?> DoJobAsync(Effect.Run run, CancellationTokenSource stop)
    {
        try
        {
            return new Message.JobEnded(run.Job, await run.Inquiry.AskAsync(workbench, new ToMailbox(mailbox, run.Job), stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new Message.JobEnded(run.Job, new Stopped());
        }
        finally
        {
            jobs.TryRemove(run.Job, out _);
            stop.Dispose();
        }
    }

    private void Cancel(int job)
    {
        if (jobs.TryGetValue(job, out var stop))
        {
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended at this very moment.
            }
        }
    }

    private CancellationToken TokenOf(Inquiry inquiry)
    {
        if (inquiry.Replaces is not { } mark)
        {
            return all.Token;
        }

        if (latest.Remove(mark, out var older))
        {
            older.Cancel();
            older.Dispose();
        }

        return (latest[mark] = CancellationTokenSource.CreateLinkedTokenSource(all.Token)).Token;
    }

    private void Run(Func<Task<Message?>> effect)
    {
        Interlocked.Increment(ref running);
        _ = Task.Run(() => PostAsync(effect));
    }

    private async Task PostAsync(Func<Task<Message?>> effect)
    {
        try
        {
            if (await effect().ConfigureAwait(false) is { } message)
            {
                mailbox.Post(message);
            }
        }
        catch (Exception bug)
        {
            // Problems are outcomes; this is a bug, and it is the UI thread that ends the program for one.
            mailbox.Fail(bug);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            mailbox.Ring();
        }
    }

    // Not System.Progress: that one may hand reports over in another order.
    private sealed class ToMailbox(IMailbox mailbox, int job) : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value) => mailbox.Post(new Message.JobProgressed(job, value));
    }
}
