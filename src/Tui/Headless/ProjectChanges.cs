using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>What the verbs that change a project have in common: their flags, and how plans and reports are shown.</summary>
internal static class ProjectChanges
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static VerbFlag Repair { get; } = new("--repair", "apply one of the repairs that a conflict proposed", "ID");

    public static VerbFlag Reason { get; } = new("--reason", "why a repair that forces a version is fine; written beside it", "TEXT");

    public static VerbFlag Member { get; } = new("--package", "the member of the workspace to change", "NAME", Offer.Packages) { Short = "-p" };

    public static VerbFlag NoInstall { get; } = new("--no-install", "change manifest and lockfile only");

    public static VerbFlag AsOf { get; } = new("--as-of", "resolve as if nothing was published after this, for this once", "DATE");

    /// <summary>What says which part of the dependencies is installed.</summary>
    public static ImmutableArray<VerbFlag> Selection { get; } =
    [
        new("--profile", "install as [profile.NAME] of the manifest says", "NAME", Offer.Profiles),
        new("--features", "turn on features of the project", "A,B", Offer.Features) { IsRepeatable = true },
        new("--all-features", "turn on all features"),
        new("--no-default-features", "leave the feature `default` off"),
        new("--no-dev", "leave out development dependencies"),
    ];

    public static ChangeTexts<ChangePlan, ChangeReport> Texts { get; } = new(
        ChangeText.PrintPlan, plan => !plan.IsEmpty, "proceed?", ChangeText.PrintReport)
    { Weigh = WeighAsync };

    /// <summary>The request that the flags of a call make.</summary>
    public static ChangeRequest Request(Invocation call) => new(call.Session.Globals.Folder)
    {
        Lock = call.Has("--frozen") ? LockMode.Frozen : LockMode.Update,
        AsOf = Date(call),
        Scope = call.Has(NoInstall.Name) ? InstallScope.LockfileOnly : InstallScope.Everything,
        Member = call.Text(Member.Name) is { } member ? PackageName.Parse(member) : null,
        Selection = new()
        {
            Profile = call.Text("--profile"),
            Features = call.Listed("--features"),
            UsesAllFeatures = call.Has("--all-features"),
            UsesDefaultFeatures = !call.Has("--no-default-features"),
            WithoutDev = call.Has("--no-dev"),
        },
    };

    /// <summary>Where nothing is known of the packages the plan stays as it was.</summary>
    private static async Task<ChangePlan> WeighAsync(RegistryClient client, ChangePlan plan, CancellationToken cancellation) =>
        !plan.Lock.IsEmpty && await client.PlanAdvisories(plan).RunAsync(Silence.Instance, cancellation).ConfigureAwait(false) is Outcome<AdvisoryShift>.Done({ IsKnown: true } shift)
            ? plan with { Advisories = shift }
            : plan;

    private static DateTimeOffset? Date(Invocation call)
    {
        if (call.Text(AsOf.Name) is not { } text)
        {
            return null;
        }

        if (call.Has("--frozen") || call.Has("--check"))
        {
            throw new Problem(ProblemCode.UsageInvalid, $"{AsOf.Name} may change the lockfile, and {(call.Has("--frozen") ? "--frozen" : "--check")} does not let it", "give one of the two").Raise();
        }

        return DateTimeOffset.TryParseExact(
            text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw new Problem(
                ProblemCode.UsageInvalid, $"`{Printable.Clip(text, 80)}` is not a date", $"write {AsOf.Name} 2026-03-01 or {AsOf.Name} 2026-03-01T12:00:00Z").Raise();
    }

    /// <summary>Runs a change; with --repair the change is made together with that repair of the conflict it meets.</summary>
    /// <param name="edits">What the change consists of.</param>
    public static async Task<int> RunAsync(
        Invocation call, ProjectChange change, ImmutableArray<ProjectEdit> edits, CancellationToken cancellation)
    {
        if (call.Text(Repair.Name) is { } id)
        {
            var repair = await FindRepairAsync(change, id, cancellation).ConfigureAwait(false);
            repair = WithReason(repair, id, call.Text(Reason.Name));
            change = call.Session.Client.Edit(change.Request, edits.Add(new ProjectEdit.ApplyRepair(repair)));
        }

        var choice = new ConflictChoice(call.Session, change.Request, edits);
        return await call.Session.ChangeAsync(
            change, Texts with { Choose = (problem, conflict) => choice.AskAsync(problem, conflict, cancellation) }, cancellation).ConfigureAwait(false);
    }

    private static async Task<Repair> FindRepairAsync(ProjectChange change, string id, CancellationToken cancellation)
    {
        var outcome = await change.RunAsync((_, _) => Task.FromResult(false), Silence.Instance, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (outcome is not Outcome<ChangeReport>.Failed(var problem))
        {
            throw new Problem(ProblemCode.UsageInvalid, "there is no conflict to repair", "run the command without --repair").Raise();
        }

        if (problem.Detail is not NoResolutionDetail conflict)
        {
            throw problem.Raise();
        }

        return conflict.Repairs.FirstOrDefault(repair => repair.Id == id) ?? throw new Problem(
            ProblemCode.UsageInvalid, $"the conflict has no repair `{Printable.Clip(id, 80)}`",
            conflict.Repairs.IsEmpty ? "run the command without --repair to see the conflict" : $"it has {string.Join(", ", conflict.Repairs.Select(repair => repair.Id))}").Raise();
    }

    /// <summary>A repair that forces a version is only made with a reason.</summary>
    public static Repair WithReason(Repair repair, string id, string? reason) =>
        !repair.IsForced ? repair
        : reason is null ? throw new Problem(
            ProblemCode.UsageInvalid, $"`{Printable.Clip(id, 80)}` is an override, which may not work and needs a reason", $"add {Reason.Name} 'why it is fine'").Raise()
        : repair.WithReason(Override.ReasonOf(reason));

    public static DependencyGroup? Group(Invocation call) =>
        call.Has("--dev") ? DependencyGroup.Dev : call.Has("--build") ? DependencyGroup.Build : null;
}
