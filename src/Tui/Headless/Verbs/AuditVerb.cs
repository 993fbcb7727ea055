using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class AuditVerb
{
    private const string FailOn = "--fail-on";

    public static Verb Row() => new("audit", VerbGroup.Look, "look for known flaws in the locked packages, and fix them", RunAsync)
    {
        Description =
        [
            "Goes by the advisories on this machine (`cairn advisories update`, `cairn advisories import`) and by those of registries in folders. Exit code 1 when there are findings.",
            "Every fix shown was solved: it brings in no other known flaw, downgrades nothing, and breaks nothing unless it says so.",
        ],
        Arguments = [new("ID", ArgumentCount.Any, "with --fix: findings by id or alias")],
        Flags =
        [
            new(GlobalFlags.Output, "what to print on standard output", "FORM") { Choices = ["text", "table", "json", "sarif", "markdown"], Variable = "CAIRN_OUTPUT" },
            new(FailOn, "exit with 1 from this level on; any is what is assumed", "LEVEL") { Choices = ["any", "notice", "low", "medium", "high", "critical", "never"] },
            new("--require-fresh", "fail when advisories are older than 14 days or missing for a registry"),
            new("--show-withdrawn", "list advisories that were taken back too"),
            new("--no-fixes", "do not look for fixes"),
            new("--fix", "change the lockfile, and manifests where needed, to get rid of findings: of those named, or of all"),
            new("--breaking", "let a fix take steps that may break, to another major version"),
            new("--accept", "live with a finding for a while; it is written to audit.toml", "ID"),
            new("--reason", "why it is accepted", "TEXT"),
            new("--until", "the last day it is accepted (2027-01-31)", "DATE"),
            ProjectChanges.NoInstall,
        ],
        Examples =
        [
            new("cairn audit", "lists findings with what would fix them"),
            new("cairn audit --fix --dry-run", "shows the change that gets rid of all findings that can be"),
            new("cairn audit --fix RUSTSEC-2024-0001", "gets rid of one"),
            new("cairn audit --accept RUSTSEC-2024-0001 --reason \"tests only\" --until 2027-01-31", "lives with one until then"),
            new("cairn audit --fail-on high --require-fresh", "in CI: fails on grave findings, and on old advisories"),
            new("cairn audit --output sarif > audit.sarif", "for code hosts that show findings"),
        ],
        Schema = "audit",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        CheckFlags(call);
        return call.Has("--fix") ? FixAsync(call, cancellation)
            : call.Text("--accept") is { } id ? AcceptAsync(call, id, cancellation)
            : LookAsync(call, cancellation);
    }

    private static void CheckFlags(Invocation call)
    {
        var isChange = call.Has("--fix") || call.Has("--accept");
        Require(!(call.Has("--fix") && call.Has("--accept")), "--fix and --accept are two commands", "give one of the two");
        Require(call.Has("--fix") || (call.Arguments("ID").IsEmpty && !call.Has("--breaking")), "an ID and --breaking say what to fix", "write `cairn audit --fix ID`");
        Require(
            call.Has("--accept") == (call.Has("--reason") && call.Has("--until")) && call.Has("--reason") == call.Has("--until"),
            "accepting a risk takes an id, a reason and an end", "write `cairn audit --accept ID --reason TEXT --until 2027-01-31`");
        Require(!isChange || call.Text(GlobalFlags.Output) is null or "text" or "json", "a change is printed as text or json", "leave --output out");
    }

    private static void Require(bool holds, string message, string hint)
    {
        if (!holds)
        {
            throw new Problem(ProblemCode.UsageInvalid, message, hint).Raise();
        }
    }

    /// <summary>Exit code 1 when something stays that was to be fixed.</summary>
    private static async Task<int> FixAsync(Invocation call, CancellationToken cancellation)
    {
        var change = call.Session.Client.FixFindings(
            ProjectChanges.Request(call),
            new(call.Session.Globals.Folder, call.Arguments("ID")) { Reach = call.Has("--breaking") ? FixReach.Breaking : FixReach.Compatible });
        var exit = await call.Session.ChangeAsync(
            change,
            ProjectChanges.Texts with
            {
                Plan = (printer, plan) => PrintChange(printer, () => ChangeText.PrintPlan(printer, plan), change.Unfixed, plan.IsEmpty),
                Report = (printer, report) => PrintChange(printer, () => ChangeText.PrintReport(printer, report), change.Unfixed, report.WasEmpty),
            },
            cancellation).ConfigureAwait(false);
        return exit == ExitCodes.Done && !change.Unfixed.IsEmpty ? ExitCodes.No : exit;
    }

    private static void PrintChange(Printer printer, Action print, ImmutableArray<UnfixedFinding> unfixed, bool isEmpty)
    {
        if (!isEmpty || unfixed.IsEmpty)
        {
            print();
        }

        foreach (var (finding, why) in unfixed)
        {
            printer.Paragraph($"{finding.Id} of {finding.Package} stays: {Printable.Of(why)}", "  ", "    ");
        }
    }

    private static Task<int> AcceptAsync(Invocation call, string id, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.AcceptRisk(ProjectChanges.Request(call), new(id, call.Text("--reason")!, Day(call.Text("--until")!))), ProjectChanges.Texts, cancellation);

    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new Problem(ProblemCode.UsageInvalid, $"`{Printable.Clip(text, 40)}` is not a day", "write it as 2027-01-31").Raise();

    private static Task<int> LookAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new AuditRequest(call.Session.Globals.Folder)
        {
            Withdrawn = call.Has("--show-withdrawn") ? WithdrawnAdvisories.Shown : WithdrawnAdvisories.Hidden,
            Fixing = call.Has("--no-fixes") ? AuditFixing.None : AuditFixing.Proven,
            Data = call.Has("--require-fresh") ? AuditData.Fresh : AuditData.Any,
        };
        return call.Session.AnswerAsync(
            call.Session.Client.Audit(request), (printer, report) => Print(call, printer, report),
            report => report.Fails(LevelOf(call)) ? ExitCodes.No : ExitCodes.Done, cancellation);
    }

    private static void Print(Invocation call, Printer printer, AuditReport report)
    {
        switch (call.Text(GlobalFlags.Output))
        {
            case "sarif":
                call.Session.Host.Out.Write(AuditSarif.Write(report, ProgramVersion.Text));
                break;
            case "markdown":
                call.Session.Host.Out.Write(Encoding.UTF8.GetBytes(AuditMarkdown.Write(report)));
                break;
            default:
                AuditText.Print(printer, report, call.Session.Clipping, call.Session.Globals.IsVerbose);
                break;
        }
    }

    private static AuditLevel LevelOf(Invocation call) =>
        call.Text(FailOn) is { } word ? Enum.Parse<AuditLevel>(word, ignoreCase: true) : AuditLevel.Any;
}
