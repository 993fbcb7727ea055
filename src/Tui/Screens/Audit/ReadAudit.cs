using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Audit;

/// <summary>Looks for known flaws: at once without fixes, then, as a job, with a solve for each.</summary>
internal sealed record ReadAudit(AuditFixing Fixing) : Inquiry
{
    public override string Replaces => "audit";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new AuditRead(Fixing, await workbench.AuditAsync(Fixing, progress, cancellation).ConfigureAwait(false));
}

internal sealed record AuditRead(AuditFixing Fixing, Outcome<AuditReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, report => AuditScreenWords.Fixes(report));

    public override Step Reach(AppState state)
    {
        if (Outcome is Outcome<AuditReport>.Cancelled)
        {
            return state;
        }

        // A search for fixes that fails does not take away what was found before.
        state = Fixing == AuditFixing.Proven && Outcome is Outcome<AuditReport>.Failed
            ? state
            : state.Put(state.ScreenOf<AuditScreen>() with { Audit = Outcome, At = state.Now });
        return Fixing == AuditFixing.None && Outcome is Outcome<AuditReport>.Done { Report.Findings: var findings } && findings.Any(finding => finding.IsHarmful)
            ? state.Start("look for fixes", new ReadAudit(AuditFixing.Proven))
            : state;
    }
}

/// <summary>Looks for one change that does all safe fixes, as a job.</summary>
internal sealed record AskSafeFixes : Inquiry
{
    public override string Replaces => "safe-fixes";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new SafeFixesFound(await workbench.SafeFixesAsync(progress, cancellation).ConfigureAwait(false));
}

internal sealed record SafeFixesFound(Outcome<AuditFixesReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, report => Staging.Count(report.Fixed.Length, "fix", "fixes"));

    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<AuditFixesReport>.Done { Report.Edit: { } edit } when state.Plan.Edits.OfType<ProjectEdit.Fix>().Any(staged => edit.Findings.All(staged.Findings.Contains)) =>
            state.Say(Notice.Note($"these fixes are in the plan already: {state.KeyOf(Command.Review)} reviews it")),
        Outcome<AuditFixesReport>.Done { Report: { Edit: { } edit } report } =>
            Staging.Toggle(state.Say(Notice.Done($"{Staging.Count(report.Fixed.Length, "finding is", "findings are")} fixed by the plan: {state.KeyOf(Command.Review)} reviews it")), new PlanStep('~', $"fix {Staging.Count(report.Fixed.Length, "finding", "findings")}", null, [edit])),
        Outcome<AuditFixesReport>.Done => state.Say(Notice.Note("nothing can be fixed by the lockfile alone: f stages one fix at a time")),
        Outcome<AuditFixesReport>.Failed(var problem) => state.Say(Notice.Of(problem)),
        _ => state.Say(Notice.Note("Stopped. Nothing was staged")),
    };
}

/// <summary>Writes what was found into a file.</summary>
internal sealed record ExportAudit(AuditReport Report, string File) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new AuditExported(await workbench.ExportAuditAsync(Report, File, cancellation).ConfigureAwait(false));
}

internal sealed record AuditExported(Outcome<string> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<string>.Done(var file) => state.Say(Notice.Done($"wrote {file}")),
        Outcome<string>.Failed(var problem) => state.Say(Notice.Of(problem)),
        _ => state,
    };
}
