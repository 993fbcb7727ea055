using System.Collections.Immutable;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>A change of one project's manifest, lockfile and install directory. All of them plan and apply alike.</summary>
public abstract class ProjectChange : Change<ChangePlan, ChangeReport>
{
    private protected ProjectChange(RegistryClient client, ChangeRequest request) => (Client, Request) = (client, request);

    public ChangeRequest Request { get; }

    private protected RegistryClient Client { get; }

    /// <summary>The command line that makes the same plan.</summary>
    private protected abstract string Command { get; }

    public sealed override Task<ChangePlan> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        // Reading files and solving may take a while before the first await; a face must not wait for it.
        Task.Run(() => PlanChangeAsync(progress, cancellation), cancellation);

    public sealed override Task<ChangeReport> ApplyAsync(ChangePlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => new Applying(Client, plan, PreparedOf(plan), progress).RunAsync(cancellation), cancellation);

    private static PreparedChange PreparedOf(ChangePlan plan) =>
        plan.Prepared ?? throw new ArgumentException("only a plan that was planned can be applied", nameof(plan));

    private protected abstract Task<ChangePlan> PlanChangeAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation);
}
