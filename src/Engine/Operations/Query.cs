using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>A use case that reads and reports, and changes nothing the user can see.</summary>
public abstract class Query<TReport>
{
    protected abstract Task<TReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation);

    public async Task<Outcome<TReport>> RunAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        try
        {
            return new Outcome<TReport>.Done(await ReadAsync(progress, cancellation).ConfigureAwait(false));
        }
        catch (ProblemException e)
        {
            return new Outcome<TReport>.Failed(e.Problem);
        }
        catch (Exception e) when (DiskProblem.IsDisk(e))
        {
            return new Outcome<TReport>.Failed(DiskProblem.Of(e).Problem);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Outcome<TReport>.Cancelled();
        }
    }
}
