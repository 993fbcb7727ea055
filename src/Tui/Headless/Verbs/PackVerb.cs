using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class PackVerb
{
    public static VerbFlag Member { get; } = new("--package", "the member of the workspace", "NAME", Offer.Packages) { Short = "-p" };

    public static Verb Row() => new("pack", VerbGroup.Publish, "make the archive that would be published", RunAsync)
    {
        Description = ["The same files give the same bytes on every machine. `include` and `exclude` of [package] and ignore files say what goes in; --dry-run lists it with the reason for each."],
        Flags = [new("--to", "the folder for the archive; the current one when left out", "DIR", Offer.Folders), Member],
        Examples =
        [
            new("cairn pack", "writes NAME-VERSION.tar.gz here"),
            new("cairn pack --dry-run", "lists what would go in, and what stays out and why"),
        ],
        Schema = "pack",
    };

    public static void PrintFiles(Printer printer, PackReport report)
    {
        foreach (var file in report.Files)
        {
            var because = file.Because is { } rule ? $" {printer.Paint.Dim(Printable.Of(rule))}" : "";
            printer.Line(file.IsIn
                ? $"  {ChangeText.Bytes(file.Size),9}  {Printable.Of(file.Path)}"
                : printer.Paint.Dim($"  {"-",9}  {Printable.Of(file.Path)} ({file.Reason}{because})"));
        }

        printer.Line($"{report.Package}: {ChangeText.Count(report.Files.Count(file => file.IsIn), "file")}, {ChangeText.Bytes(report.Archive.Size)} ({ChangeText.Bytes(report.Unpacked)} unpacked), {report.Archive.Hash}");
    }

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var folder = call.Session.Globals.Folder;
        var request = new PackRequest(folder, call.Text("--to") is { } to ? Path.GetFullPath(to, folder) : folder)
        {
            Member = call.Text("--package") is { } member ? PackageName.Parse(member) : null,
        };
        return call.Session.ChangeAsync(call.Session.Client.Pack(request), new(PrintFiles, _ => false, "", Print), cancellation);

        void Print(Printer printer, PackReport report)
        {
            if (call.Session.Globals.IsVerbose)
            {
                PrintFiles(printer, report);
            }

            printer.Line($"wrote {report.File} ({ChangeText.Bytes(report.Archive.Size)}, {report.Archive.Hash})");
        }
    }
}
