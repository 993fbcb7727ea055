using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>
/// A use case that alters the project, the store or a registry, in two steps. Planning only reads, so a plan can be
/// shown, printed as --dry-run, or thrown away. Applying does exactly what the plan says, or leaves everything as it was.
/// </summary>
public abstract class Change<TPlan, TReport>
{
    public abstract Task<TPlan> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation);

    public abstract Task<TReport> ApplyAsync(TPlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>Plans, asks, applies. The only place where problems become values; anything else is a bug and keeps flying.</summary>
    public async Task<Outcome<TReport>> RunAsync(
        Func<TPlan, CancellationToken, Task<bool>> approve, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        try
        {
            var plan = await PlanAsync(progress, cancellation).ConfigureAwait(false);
            if (!await approve(plan, cancellation).ConfigureAwait(false))
            {
                return new Outcome<TReport>.Declined();
            }

            return new Outcome<TReport>.Done(await ApplyAsync(plan, progress, cancellation).ConfigureAwait(false));
        }
        catch (ProblemException e)
        {
            return new Outcome<TReport>.Failed(e.Problem);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Outcome<TReport>.Cancelled();
        }
    }
}
