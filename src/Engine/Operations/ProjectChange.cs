using System.Collections.Immutable;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>A change of one project's manifest, lockfile and install directory. All of them plan and apply alike.</summary>
public abstract class ProjectChange : Change<ChangePlan, ChangeReport>
{
    private readonly RegistryClient _client;

    private protected ProjectChange(RegistryClient client, ChangeRequest request) => (_client, Request) = (client, request);

    public ChangeRequest Request { get; }

    /// <summary>What is to be different; empty for an install.</summary>
    private protected abstract ImmutableArray<ProjectEdit> Edits { get; }

    /// <summary>The command line that makes the same plan.</summary>
    private protected abstract string Command { get; }

    public override Task<ChangePlan> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        throw new Problem(ProblemCode.ManifestMissing, $"`{Request.Folder}` cannot be planned by {_client.Settings.Version}").Raise();

    public override Task<ChangeReport> ApplyAsync(ChangePlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        throw new Problem(ProblemCode.ManifestMissing, $"`{plan.Folder}` cannot be changed by {_client.Settings.Version}").Raise();
}
