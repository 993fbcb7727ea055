using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>How a change is shown to people.</summary>
/// <param name="Plan">Prints what will be done.</param>
/// <param name="NeedsApproval">Whether a person at a terminal is asked about this plan.</param>
/// <param name="Question">Asked under the plan.</param>
/// <param name="Report">Prints what was done.</param>
internal sealed record ChangeTexts<TPlan, TReport>(
    Action<Printer, TPlan> Plan, Func<TPlan, bool> NeedsApproval, string Question, Action<Printer, TReport> Report)
{
    /// <summary>What to do about a conflict where there is somebody to ask; says the exit code. Null to print it.</summary>
    public Func<Problem, NoResolutionDetail, Task<int>>? Choose { get; init; }

    /// <summary>Adds to a plan what is only looked up for somebody who reads it.</summary>
    public Func<RegistryClient, TPlan, CancellationToken, Task<TPlan>>? Weigh { get; init; }

    /// <summary>What the report means for a script.</summary>
    public Func<TReport, int> ExitCode { get; init; } = static _ => ExitCodes.Done;
}
