using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

/// <summary>The advisories on this machine: `cairn advisories …`.</summary>
internal static class AdvisoriesVerbs
{
    private const int SkipsShown = 3;

    public static Verb Update() => new("advisories update", VerbGroup.Configure, "fetch the advisories that registries publish", UpdateAsync)
    {
        Description = ["`cairn audit` never asks the network: it goes by what was fetched or imported. A registry in a folder is always read as it is."],
        Arguments = [new("REGISTRY", ArgumentCount.Any, "by name; all of the project and the user when left out", Offer.Registries)],
        Examples = [new("cairn advisories update", "fetches from every registry")],
        Schema = "advisories",
    };

    public static Verb Import() => new("advisories import", VerbGroup.Configure, "take in advisories from files", ImportAsync)
    {
        Description = ["Advisories are OSV records: a .json file with one, a .jsonl or .jsonl.gz file with one a line, a .zip or a folder of .json files. Importing a file again replaces what it gave before. Records that cannot be read are left out and counted."],
        Arguments = [new("PATH", ArgumentCount.AtLeastOne, "a file or folder", Offer.Files)],
        Flags = [new("--name", "what to call it; the file's name when left out", "NAME")],
        Examples = [new("cairn advisories import rustsec.osv.jsonl.gz", "takes in the advisories of crates.io")],
        Schema = "advisories",
    };

    public static Verb Remove() => new("advisories remove", VerbGroup.Configure, "forget advisories that were fetched or imported", RemoveAsync)
    {
        Arguments = [new("NAME", ArgumentCount.One, "as `cairn advisories status` lists it: its name, address or path")],
        Examples = [new("cairn advisories remove rustsec", "forgets what was imported from rustsec.osv.jsonl.gz")],
        Schema = "advisories",
    };

    public static Verb Status() => new("advisories status", VerbGroup.Configure, "list the advisories on this machine and how old they are", StatusAsync)
    {
        Examples = [new("cairn advisories status", "lists sources, counts and ages")],
        Schema = "advisories",
    };

    private static Task<int> UpdateAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.UpdateAdvisories(new(call.Session.Globals.Folder, call.Arguments("REGISTRY"))), Texts(call, "would fetch", "fetched"), cancellation);

    private static Task<int> ImportAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.ImportAdvisories(new(
            [.. call.Arguments("PATH").Select(path => Path.GetFullPath(path, call.Session.Globals.Folder))], call.Text("--name"))),
        Texts(call, "would import", "imported"), cancellation);

    private static Task<int> RemoveAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.RemoveAdvisories(call.Argument("NAME")), Texts(call, "would forget", "forgot"), cancellation);

    private static Task<int> StatusAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.AdvisoriesStatus(),
        (printer, report) =>
        {
            if (report.Sources.IsEmpty)
            {
                printer.Line("there are no advisories on this machine yet; `cairn advisories update` fetches what registries publish");
                return;
            }

            var table = new Table("name", "from", "records", "newest", "age", "left out");
            foreach (var (source, _, age) in report.Sources)
            {
                table.Add(
                    Printable.Of(source.Name), source.Kind == AdvisorySourceKind.Feed ? "registry" : "file", source.Records.ToString(CultureInfo.InvariantCulture),
                    source.Newest?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-", Days(age),
                    source.Skipped == 0 ? "none" : source.Skipped.ToString(CultureInfo.InvariantCulture));
            }

            table.Print(printer, call.Session.Clipping);
            foreach (var (source, _, _) in report.Sources)
            {
                PrintSkips(printer, source);
            }

            PrintWarnings(printer, report);
        },
        cancellation);

    private static ChangeTexts<AdvisoriesReport, AdvisoriesReport> Texts(Invocation call, string plan, string done) => new(
        (printer, report) => Print(printer, report, plan), _ => false, "", (printer, report) => Print(printer, report, done));

    private static void Print(Printer printer, AdvisoriesReport report, string did)
    {
        foreach (var (source, change, _) in report.Sources)
        {
            var what = change == AdvisorySourceChange.None ? "nothing new in" : did;
            printer.Line($"{what} {Printable.Of(source.Name)}: {Count(source)}");
            PrintSkips(printer, source);
        }

        PrintWarnings(printer, report);
    }

    private static string Count(AdvisorySource source) =>
        (source.Records == 1 ? "1 advisory" : $"{source.Records} advisories")
        + (source.Newest is { } newest ? $", the newest of {newest.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "");

    private static void PrintSkips(Printer printer, AdvisorySource source)
    {
        foreach (var skip in source.Skips.Take(SkipsShown))
        {
            printer.Line(printer.Paint.Dim($"  left out {Printable.Of(skip.Place)}: {Printable.Of(skip.Why)}"));
        }

        if (source.Skipped > SkipsShown)
        {
            printer.Line(printer.Paint.Dim($"  and {source.Skipped - SkipsShown} more left out"));
        }
    }

    private static void PrintWarnings(Printer printer, AdvisoriesReport report)
    {
        foreach (var warning in report.Warnings)
        {
            ProblemText.PrintNotice(printer, warning);
        }
    }

    private static string Days(TimeSpan age) => (int)age.TotalDays switch
    {
        0 => "today",
        1 => "1 day",
        var days => $"{days} days",
    };
}
