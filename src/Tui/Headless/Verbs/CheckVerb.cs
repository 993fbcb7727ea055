using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class CheckVerb
{
    public static Verb Row() => new("check", VerbGroup.Look, "check manifest, lockfile and files, and what a registry would refuse", RunAsync)
    {
        Description = ["Needs no network. Exit code 3 when something stops an install or a publication."],
        Flags = [new("--strict", "warnings count as errors")],
        Examples =
        [
            new("cairn check", "lists errors, warnings and notes"),
            new("cairn check --strict", "in CI: also warnings fail"),
        ],
        Schema = "check",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var limit = call.Has("--strict") ? FindingSeverity.Warning : FindingSeverity.Error;
        return call.Session.AnswerAsync(
            call.Session.Client.Check(call.Session.Globals.Folder), Print,
            report => report.Findings.Any(finding => finding.Severity >= limit) ? ProblemCode.ChecksFailed.Kind().ExitCode() : ExitCodes.Done, cancellation);
    }

    private static void Print(Printer printer, CheckReport report)
    {
        foreach (var finding in report.Findings)
        {
            var word = finding.Severity switch
            {
                FindingSeverity.Error => printer.Paint.Red("error"),
                FindingSeverity.Warning => printer.Paint.Yellow("warning"),
                _ => printer.Paint.Dim("note"),
            };
            var place = finding.Problem.Place is { } at ? $"{at}: " : "";
            printer.Line($"{word}: {Printable.Of(place + finding.Problem.Message)}");
            if (finding.Problem.Hint is { } hint)
            {
                printer.Line($"  {Printable.Of(hint)}");
            }
        }

        printer.Line(report.Findings.IsEmpty
            ? "nothing to complain about"
            : string.Join(", ", report.Findings.GroupBy(finding => finding.Severity).Select(group => ChangeText.Count(group.Count(), group.Key.ToString().ToLowerInvariant()))));
    }
}
