using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <param name="Id">Of a finding, or an alias.</param>
/// <param name="Reason">Never empty.</param>
/// <param name="Until">The last day it holds, in UTC; not past.</param>
public sealed record AcceptRiskRequest(string Id, string Reason, DateOnly Until);

/// <summary>`cairn audit --accept`: an entry in `audit.toml` for each package that has the flaw. A change like any other, so it can be undone.</summary>
internal sealed class AcceptRisk(RegistryClient client, ChangeRequest request, AcceptRiskRequest risk) : EditedProjectChange(client, request)
{
    private ImmutableArray<ProjectEdit> _edits = [];

    private protected override ImmutableArray<ProjectEdit> Edits => _edits;

    private protected override async Task<ChangePlan> PlanChangeAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        Check();
        await using var ground = await AuditGround.ReadAsync(Client, Request.Folder, cancellation).ConfigureAwait(false);
        var found = ground.Findings(WithdrawnAdvisories.Hidden, cancellation)
            .Where(finding => finding.Match.Ids.Contains(risk.Id, StringComparer.OrdinalIgnoreCase)).Select(finding => finding.Package.Name).Distinct();
        _edits = [.. found.Select(name => new ProjectEdit.AcceptRisk(risk.Id, risk.Reason, risk.Until, name))];
        return _edits.IsEmpty ? throw NotFound(risk.Id) : await base.PlanChangeAsync(progress, cancellation).ConfigureAwait(false);
    }

    internal static ProblemException NotFound(string id) => new Problem(
        ProblemCode.UsageInvalid, $"no locked package has a flaw called `{Printable.Clip(id, 80)}`", "`cairn audit` lists what was found, with its ids").Raise();

    private void Check()
    {
        if (string.IsNullOrWhiteSpace(risk.Reason))
        {
            throw new Problem(ProblemCode.UsageInvalid, "a risk is not accepted without a reason", "say why: `--reason TEXT`").Raise();
        }

        if (risk.Until < DateOnly.FromDateTime(Client.Settings.Clock.GetUtcNow().UtcDateTime))
        {
            throw new Problem(ProblemCode.UsageInvalid, $"{risk.Until:yyyy-MM-dd} is past", "give the last day the risk is accepted: `--until 2027-01-31`").Raise();
        }
    }
}
