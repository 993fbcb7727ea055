using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Conflicts;

namespace Registry.Tui.Screens;

/// <summary>The one plan: what is staged, and what came of solving it. Nothing of it is on disk.</summary>
/// <param name="Revision">Counts the changes, so that an answer to an older plan is known as such.</param>
/// <param name="Result">Null while it is being solved, and when it was never asked for.</param>
internal sealed record StagedPlan(
    ImmutableArray<PlanStep> Steps, ImmutableStack<PlanStep> Undone, int Revision, Outcome<ChangePlan>? Result)
{
    public static StagedPlan Empty { get; } = new([], [], 0, null);

    /// <summary>
    /// What all steps come to. A repair goes before an earlier wish for an exact version of a package that it changes: it was
    /// proven without that.
    /// </summary>
    public ImmutableArray<ProjectEdit> Edits
    {
        get
        {
            var repaired = Steps.SelectMany(step => step.Edits).OfType<ProjectEdit.ApplyRepair>()
                .SelectMany(fix => fix.Repair.Edits).Select(RepairEdits.NameOf).ToHashSet();
            return [.. Steps.SelectMany(step => step.Edits).Where(edit => edit is not ProjectEdit.Update { Precise: not null } wish || !repaired.Contains(wish.Name))];
        }
    }

    public ChangePlan? Solved => (Result as Outcome<ChangePlan>.Done)?.Report;

    public Problem? Problem => (Result as Outcome<ChangePlan>.Failed)?.Problem;

    /// <summary>The reason and the proven repairs, when it has no solution.</summary>
    public NoResolutionDetail? Conflict => Problem?.Detail as NoResolutionDetail;

    public bool IsSolving => !Steps.IsEmpty && Result is null;

    public PlanStep? StepFor(PackageName name) => Steps.FirstOrDefault(step => step.Subject == name);

    public StagedPlan With(PlanStep step) => Changed(Steps.RemoveAll(old => step.Subject is not null && old.Subject == step.Subject).Add(step), []);

    public StagedPlan Without(PackageName subject) => Changed(Steps.RemoveAll(step => step.Subject == subject), []);

    public StagedPlan Without(PlanStep step) => Changed(Steps.Remove(step), []);

    public StagedPlan Without(ImmutableArray<PlanStep> steps) => steps.IsEmpty ? this : Changed(Steps.RemoveRange(steps), []);

    public StagedPlan Undo() => Changed(Steps.RemoveAt(Steps.Length - 1), Undone.Push(Steps[^1]));

    public StagedPlan Redo() => Changed(Steps.Add(Undone.Peek()), Undone.Pop());

    /// <summary>After applying: nothing staged.</summary>
    public StagedPlan Cleared() => Changed([], []);

    /// <summary>What the plan row says: first what came of it, since the end is cut off in small windows.</summary>
    public string Text => Steps.IsEmpty
        ? Result is null or Outcome<ChangePlan>.Done { Report.IsEmpty: true } or Outcome<ChangePlan>.Cancelled ? "nothing staged" : $"install   {StateText}"
        : string.Create(CultureInfo.InvariantCulture, $"{Steps.Length} staged  {StateText}   {Steps[^1].Sign} {Steps[^1].Words}");

    /// <summary>For windows without a row for the plan: `   plan 1`, with a `!` when it has no solution.</summary>
    public string ShortText => Steps.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"   plan {Steps.Length}{(Problem is null ? "" : " !")}");

    private string StateText => Result switch
    {
        null => "solving",
        Outcome<ChangePlan>.Done { Report: { Lock.IsEmpty: true, ToInstall.Length: > 0 and var packages } } =>
            string.Create(CultureInfo.InvariantCulture, $"solved, {packages} to install"),
        Outcome<ChangePlan>.Done { Report.Lock.IsEmpty: true } => "solved, nothing changes in the lock",
        Outcome<ChangePlan>.Done done => $"solved, {Count(done.Report.Lock.Changes.Length)} in the lock",
        Outcome<ChangePlan>.Failed { Problem.Detail: NoResolutionDetail } => "! cannot be solved, f says why",
        Outcome<ChangePlan>.Failed => "! cannot be done, f says why",
        _ => "",
    };

    private static string Count(int changes) =>
        changes == 1 ? "1 change" : string.Create(CultureInfo.InvariantCulture, $"{changes} changes");

    private StagedPlan Changed(ImmutableArray<PlanStep> steps, ImmutableStack<PlanStep> undone) => new(steps, undone, Revision + 1, null);
}
