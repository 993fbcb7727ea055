using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>
/// A use case that alters the project, the store or a registry, in two steps. Planning only reads, so a plan can be
/// shown, printed as --dry-run, or thrown away. Applying does exactly what the plan says, or leaves everything as it was.
/// </summary>
public abstract class Change<TPlan, TReport>
{
    public abstract Task<TPlan> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation);

    public abstract Task<TReport> ApplyAsync(TPlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>Plans, asks, applies. Where problems become values, and what the disk refuses a problem; anything else is a bug and keeps flying.</summary>
    public Task<Outcome<TReport>> RunAsync(
        Func<TPlan, CancellationToken, Task<bool>> approve, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        TryAsync<TReport>(
            async () =>
            {
                var plan = await PlanAsync(progress, cancellation).ConfigureAwait(false);
                return await approve(plan, cancellation).ConfigureAwait(false)
                    ? new Outcome<TReport>.Done(await ApplyAsync(plan, progress, cancellation).ConfigureAwait(false))
                    : new Outcome<TReport>.Declined();
            },
            cancellation);

    /// <summary>Only plans; for a face that shows the plan as long as the user likes.</summary>
    public Task<Outcome<TPlan>> TryPlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        TryAsync<TPlan>(async () => new Outcome<TPlan>.Done(await PlanAsync(progress, cancellation).ConfigureAwait(false)), cancellation);

    /// <summary>Applies a plan that was shown and agreed to.</summary>
    public Task<Outcome<TReport>> TryApplyAsync(TPlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        TryAsync<TReport>(async () => new Outcome<TReport>.Done(await ApplyAsync(plan, progress, cancellation).ConfigureAwait(false)), cancellation);

    private static async Task<Outcome<T>> TryAsync<T>(Func<Task<Outcome<T>>> work, CancellationToken cancellation)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ProblemException e)
        {
            return new Outcome<T>.Failed(e.Problem);
        }
        catch (Exception e) when (DiskProblem.IsDisk(e))
        {
            return new Outcome<T>.Failed(DiskProblem.Of(e).Problem);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Outcome<T>.Cancelled();
        }
    }
}
