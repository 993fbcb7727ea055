using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class SearchVerb
{
    private const int DefaultLimit = 20;

    public static Verb Row() => new("search", VerbGroup.Look, "search packages by name, keyword and description", RunAsync)
    {
        Description = ["Every word must match. Names match also with letters left out (`srdjs` finds serde-json)."],
        Arguments = [new("WORD", ArgumentCount.AtLeastOne, "what to search for")],
        Flags =
        [
            new("--limit", $"show so many at most; {DefaultLimit} when left out", "N") { Short = "-n" },
            new("--registry", "only this registry", "NAME", Offer.Registries),
        ],
        Examples =
        [
            new("cairn search actor system", "finds packages that match both words"),
            new("cairn search json --limit 5 --output json", "finds the best five, for a script"),
        ],
        Schema = "search",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new SearchRequest(
            call.Session.Globals.Folder, string.Join(' ', call.Arguments("WORD")), call.Number("--limit") ?? DefaultLimit, call.Text("--registry"));
        return call.Session.AnswerAsync(
            call.Session.Client.Search(request), (printer, report) => Print(printer, report, call.Session.Clipping),
            report => report.Total == 0 ? ExitCodes.No : ExitCodes.Done, cancellation);
    }

    private static void Print(Printer printer, SearchReport report, Clipping clipping)
    {
        if (report.Total == 0)
        {
            printer.Line($"nothing matches `{Printable.Clip(report.Query, 80)}`");
            return;
        }

        var table = new Table("name", "latest", "description");
        foreach (var hit in report.Hits)
        {
            table.Add(hit.Package.Name.Value, hit.Package.Latest?.ToString() ?? "-", Printable.Clip(hit.Package.Description, 200));
        }

        table.Print(printer, clipping);
        if (report.Total > report.Hits.Length)
        {
            printer.Line($"{report.Total - report.Hits.Length} more; --limit shows more, another word narrows");
        }
    }
}
