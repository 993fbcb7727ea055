using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class MigrateVerb
{
    public static Verb Row() => new("migrate", VerbGroup.Project, "make a manifest from a Cargo.toml or package.json", RunAsync)
    {
        Description = ["Writes cairn.toml beside it, for every member of a workspace too. What cannot be carried over is listed with its place and the reason; the old file stays."],
        Flags =
        [
            new("--from", "the package manager it comes from", "WHICH") { Choices = ["cargo", "npm"] },
            new("--install-directory", "where packages are to be installed, for example node_modules", "DIR"),
        ],
        Examples =
        [
            new("cairn migrate --from cargo", "makes cairn.toml from the Cargo.toml here"),
            new("cairn migrate --from npm --install-directory node_modules", "makes it from package.json, so that node finds the packages"),
        ],
        Schema = "migrate",
    };

    public static void PrintRemarks(Printer printer, IEnumerable<MigrationRemark> remarks)
    {
        foreach (var remark in remarks)
        {
            var sign = remark.IsLeftOut ? printer.Paint.Yellow("left out") : printer.Paint.Dim("changed ");
            printer.Paragraph($"{Printable.Of(remark.Place)}: {Printable.Of(remark.Reason)}", $"  {sign} ", "           ");
        }
    }

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var folder = call.Session.Globals.Folder;
        var kind = call.Text("--from") switch
        {
            "cargo" => ForeignKind.Cargo,
            "npm" => ForeignKind.Npm,
            _ => File.Exists(Path.Combine(folder, "Cargo.toml")) ? ForeignKind.Cargo : ForeignKind.Npm,
        };
        var request = new MigrateRequest(folder, kind) { InstallDirectory = call.Text("--install-directory") };
        return call.Session.ChangeAsync(
            RegistryClient.Migrate(request),
            new(
                (printer, plan) => Print(printer, plan, "would write", call.Session.Globals.IsVerbose || call.Session.Globals.IsDryRun), _ => false, "",
                (printer, report) => Print(printer, report, "wrote", call.Session.Globals.IsVerbose)),
            cancellation);
    }

    private static void Print(Printer printer, MigrateReport report, string wrote, bool withText)
    {
        foreach (var manifest in report.Manifests)
        {
            printer.Line($"{wrote} {manifest.File} from {Path.GetFileName(manifest.Source)}: {ChangeText.Count(manifest.Dependencies, "dependency").Replace("dependencys", "dependencies", StringComparison.Ordinal)}");
            PrintRemarks(printer, manifest.Remarks);
            foreach (var line in withText ? manifest.Text.TrimEnd('\n').Split('\n') : [])
            {
                printer.Line($"  | {Printable.Of(line)}");
            }
        }
    }
}
