using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class OutdatedVerb
{
    public static Verb Row() => new("outdated", VerbGroup.Look, "list packages of which there is something newer", RunAsync)
    {
        Description = ["`wanted` is the newest that the manifest allows: `cairn update` takes it. `latest` is the newest there is: `cairn update --latest` goes there."],
        Flags =
        [
            new("--all", "also what only other packages need") { Short = "-a" },
            new("--check", "exit with 1 when something is outdated"),
        ],
        Examples =
        [
            new("cairn outdated", "lists direct dependencies that are behind"),
            new("cairn outdated --check", "in CI: exit code 1 when something is behind"),
        ],
        Schema = "outdated",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.Outdated(new(call.Session.Globals.Folder) { IncludesIndirect = call.Has("--all") }),
        (printer, report) => Print(printer, report, call.Session.Clipping),
        report => call.Has("--check") && !report.Packages.IsEmpty ? ExitCodes.No : ExitCodes.Done, cancellation);

    private static void Print(Printer printer, OutdatedReport report, Clipping clipping)
    {
        if (report.Packages.IsEmpty)
        {
            printer.Line(report.Checked == 0 ? "nothing to check" : $"all {ChangeText.Count(report.Checked, "package")} up to date");
            return;
        }

        var table = new Table("name", "current", "wanted", "latest", "note");
        foreach (var package in report.Packages)
        {
            table.Add(
                package.Name.Value, package.Current.ToString(), package.Wanted?.ToString() ?? "-", package.Latest?.ToString() ?? "-",
                string.Join(", ", new[] { package.Group switch { Engine.Model.DependencyGroup.Dev => "dev", Engine.Model.DependencyGroup.Build => "build", null => "indirect", _ => null }, package.Note }.OfType<string>()));
        }

        table.Print(printer, clipping);
    }
}
