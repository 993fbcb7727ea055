using System.Text;
using Registry.Engine.Operations;
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
        Flags =
        [
            new(GlobalFlags.Output, "what to print on standard output", "FORM") { Choices = ["text", "table", "json", "sarif", "markdown"], Variable = "CAIRN_OUTPUT" },
            new(FailOn, "exit with 1 from this level on; any is what is assumed", "LEVEL") { Choices = ["any", "notice", "low", "medium", "high", "critical", "never"] },
            new("--require-fresh", "fail when advisories are older than 14 days or missing for a registry"),
            new("--show-withdrawn", "list advisories that were taken back too"),
            new("--no-fixes", "do not look for fixes"),
        ],
        Examples =
        [
            new("cairn audit", "lists findings with what would fix them"),
            new("cairn audit --fail-on high --require-fresh", "in CI: fails on grave findings, and on old advisories"),
            new("cairn audit --output sarif > audit.sarif", "for code hosts that show findings"),
        ],
        Schema = "audit",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
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
