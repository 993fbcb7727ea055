using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class ListVerb
{
    public static Verb Row() => new("list", VerbGroup.Look, "list what the project depends on", RunAsync)
    {
        Flags = [new("--all", "every package of the lockfile, not only what the manifest names") { Short = "-a" }],
        Examples =
        [
            new("cairn list", "lists direct dependencies with their constraints and locked versions"),
            new("cairn list --all --output json", "lists every package, for a script"),
        ],
        Schema = "list",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.List(new(call.Session.Globals.Folder) { IncludesIndirect = call.Has("--all") }),
        (printer, report) => Print(printer, report, call.Session.Clipping),
        cancellation);

    private static void Print(Printer printer, ListReport report, Clipping clipping)
    {
        if (report.Packages.IsEmpty)
        {
            printer.Line("no dependencies");
            return;
        }

        var table = new Table("name", "version", "asked", "group", "source");
        foreach (var package in report.Packages)
        {
            var name = package.LocalName == package.Name.Value ? package.LocalName : $"{package.LocalName} ({package.Name})";
            table.Add(
                Printable.Of(name) + (package.Member is null or "." ? "" : $" in {Printable.Of(package.Member)}"),
                package.Version?.ToString() ?? "-", package.Constraint?.Text ?? "",
                package.Group is { } group ? group.ToString().ToLowerInvariant() : "indirect", Printable.Of(package.Source ?? "not resolved"));
        }

        table.Print(printer, clipping);
    }
}
