using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>`cairn install --repair ID`: finds the conflict again and does what its repair of that name says.</summary>
internal sealed class RepairById(RegistryClient client, ChangeRequest request, string id) : EditedProjectChange(client, request)
{
    private Repair? _repair;

    private protected override ImmutableArray<ProjectEdit> Edits => _repair is null ? [] : [new ProjectEdit.ApplyRepair(_repair)];

    private protected override async Task<ChangePlan> PlanChangeAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        _repair = await FindAsync(progress, cancellation).ConfigureAwait(false);
        return await base.PlanChangeAsync(progress, cancellation).ConfigureAwait(false);
    }

    private async Task<Repair> FindAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        _repair = null;
        try
        {
            await base.PlanChangeAsync(progress, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException e) when (e.Problem.Detail is NoResolutionDetail detail)
        {
            return detail.Repairs.FirstOrDefault(repair => repair.Id == id) ?? throw Unknown(detail);
        }

        throw new Problem(ProblemCode.UsageInvalid, "there is no conflict to repair", "run `cairn install`").Raise();
    }

    private ProblemException Unknown(NoResolutionDetail detail) => new Problem(
        ProblemCode.UsageInvalid, $"the conflict has no repair `{Printable.Clip(id, 80)}`",
        NearestName.Of(id, detail.Repairs.Select(repair => repair.Id)) is { } near ? $"did you mean `{near}`?" : "run `cairn install` to see those there are",
        Detail: detail).Raise();
}
