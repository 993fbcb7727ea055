using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens;

namespace Registry.Tui.App;

/// <summary>Runs effects that take time on the thread pool and posts what comes of them. Counts those under way.</summary>
internal sealed class EffectRunner(IWorkbench workbench, IMailbox mailbox) : IDisposable
{
    // Feeds have their own bounds; this one keeps a fast scroll from starting hundreds of reads.
    private const int ReadsMax = 8;

    private readonly SemaphoreSlim reads = new(ReadsMax);
    private readonly CancellationTokenSource all = new();

    private CancellationTokenSource planning = new();
    private CancellationTokenSource work = new();
    private int running;

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle => Volatile.Read(ref running) == 0;

    public void Start(Effect effect)
    {
        switch (effect)
        {
            case Effect.Open:
                Run(async () => new Message.Opened(await workbench.OpenAsync(all.Token).ConfigureAwait(false)));
                break;
            case Effect.ReadNames:
                Run(async () => new Message.NamesRead(await workbench.ReadNamesAsync(all.Token).ConfigureAwait(false)));
                break;
            case Effect.ReadPackage read:
                Run(() => ReadPackageAsync(read));
                break;
            case Effect.AskWhyNot ask:
                Run(async () => new Message.WhyNotAnswered(ask.Name, await workbench.AskWhyNotAsync(ask.Name, all.Token).ConfigureAwait(false)));
                break;
            case Effect.MakePlan plan:
                var token = Replace(ref planning);
                Run(async () => new Message.Planned(plan.Revision, await workbench.PlanAsync(plan.Edits, token).ConfigureAwait(false)));
                break;
            case Effect.Apply apply:
                var applying = Replace(ref work);
                Run(async () => new Message.Applied(await workbench.ApplyAsync(apply.Plan, new ToMailbox(mailbox), applying).ConfigureAwait(false)));
                break;
            case Effect.Travel travel:
                var travelling = Replace(ref work);
                Run(async () => new Message.Travelled(
                    travel.Direction, await workbench.TravelAsync(travel.Direction, new ToMailbox(mailbox), travelling).ConfigureAwait(false)));
                break;
            case Effect.CancelWork:
                work.Cancel();
                break;
        }
    }

    /// <summary>Asks everything to stop; what still comes is posted to nobody.</summary>
    public void Dispose()
    {
        all.Cancel();
        planning.Cancel();
        work.Cancel();
        all.Dispose();
        planning.Dispose();
        work.Dispose();
    }

    private async Task<Message> ReadPackageAsync(Effect.ReadPackage read)
    {
        await reads.WaitAsync(all.Token).ConfigureAwait(false);
        try
        {
            return new Message.PackageRead(read.Name, await workbench.ReadPackageAsync(read.Name, all.Token).ConfigureAwait(false));
        }
        finally
        {
            reads.Release();
        }
    }

    private static CancellationToken Replace(ref CancellationTokenSource source)
    {
        source.Cancel();
        source.Dispose();
        source = new CancellationTokenSource();
        return source.Token;
    }

    private void Run(Func<Task<Message>> effect)
    {
        Interlocked.Increment(ref running);
        _ = Task.Run(() => PostAsync(effect));
    }

    private async Task PostAsync(Func<Task<Message>> effect)
    {
        try
        {
            mailbox.Post(await effect().ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (all.IsCancellationRequested)
        {
            // We are leaving: nobody waits for it.
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
    private sealed class ToMailbox(IMailbox mailbox) : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value) => mailbox.Post(new Message.Progressed(value));
    }
}
