using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class WhyNotVerb
{
    public static Verb Row() => new("why-not", VerbGroup.Look, "show what keeps the project from a version of a package", RunAsync)
    {
        Description = ["The resolver is asked for that version as if the manifest did. Exit code 1 when something is in the way."],
        Arguments = [new("PACKAGE", ArgumentCount.One, "NAME for its newest version, or NAME@VERSION", Offer.Packages)],
        Examples =
        [
            new("cairn why-not http-core", "says what holds http-core back"),
            new("cairn why-not http-core@2.0.0", "says whether 2.0.0 is possible, and what it would change"),
        ],
        Schema = "why-not",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var (name, version) = Words.NameAndVersion(call.Argument("PACKAGE"));
        return call.Session.AnswerAsync(
            call.Session.Client.WhyNot(new(call.Session.Globals.Folder, name, version)), Print,
            report => report.Explanation is null ? ExitCodes.Done : ExitCodes.No, cancellation);
    }

    private static void Print(Printer printer, WhyNotReport report)
    {
        if (report.IsThere)
        {
            printer.Line($"the project has {report.Asked}");
        }
        else if (report.Explanation is { } explanation)
        {
            printer.Line($"{report.Asked} is not possible{(report.Current.IsEmpty ? "" : $"; the project has {string.Join(", ", report.Current)}")}");
            ConflictText.PrintFacts(printer, explanation);
        }
        else
        {
            printer.Line($"nothing is in the way of {report.Asked}; it would change");
            ChangeText.PrintChanges(printer, report.Difference!);
            printer.Line(report.Current.IsEmpty
                ? $"`cairn add {report.Asked.Name}@={report.Asked.Version}` takes it"
                : $"`cairn update {report.Asked.Name}@{report.Asked.Version}` takes it where the manifest allows it");
        }
    }
}
