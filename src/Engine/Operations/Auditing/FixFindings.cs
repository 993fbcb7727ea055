using System.Collections.Immutable;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>`cairn audit --fix`: the change that gets rid of as many findings as possible.</summary>
public sealed class FixFindings : EditedProjectChange
{
    private readonly AuditFixRequest _fixes;
    private ImmutableArray<ProjectEdit> _edits = [];

    internal FixFindings(RegistryClient client, ChangeRequest request, AuditFixRequest fixes)
        : base(client, request) => _fixes = fixes;

    /// <summary>What stays, and why; known when it was planned.</summary>
    public ImmutableArray<UnfixedFinding> Unfixed { get; private set; } = [];

    private protected override ImmutableArray<ProjectEdit> Edits => _edits;

    private protected override string Command => _edits.IsEmpty ? "cairn audit --fix" : base.Command;

    private protected override async Task<ChangePlan> PlanChangeAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var found = await new AuditFixes(Client, _fixes).RunAsync(progress, cancellation).ConfigureAwait(false) switch
        {
            Outcome<AuditFixesReport>.Done(var report) => report,
            Outcome<AuditFixesReport>.Failed(var problem) => throw problem.Raise(),
            _ => throw new OperationCanceledException(cancellation),
        };
        (_edits, Unfixed) = (found.Edit is { } edit ? [edit] : [], found.Unfixed);
        var plan = await base.PlanChangeAsync(progress, cancellation).ConfigureAwait(false);
        return plan with { Warnings = [.. plan.Warnings, .. Unfixed.Select(Warning)] };
    }

    private static Problem Warning(UnfixedFinding unfixed) => new(
        ProblemCode.NoResolution,
        $"`{unfixed.Finding.Id}` of `{unfixed.Finding.Package}` is not fixed: {unfixed.Why}",
        unfixed.Finding.Fix is { Edit: not null, IsBreaking: true }
            ? $"run `cairn audit --fix {unfixed.Finding.Id} --breaking` to take it"
            : $"live with it for a while: `cairn audit --accept {unfixed.Finding.Id} --reason TEXT --until DATE`");
}
