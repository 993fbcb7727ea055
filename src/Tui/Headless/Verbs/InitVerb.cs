using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class InitVerb
{
    public static ChangeTexts<InitPlan, InitReport> Texts { get; } = new(
        PrintPlan, _ => false, "make it?", (printer, report) => printer.Line($"made {report.File}"));

    public static Verb Row() => new("init", VerbGroup.Project, "make a manifest in a folder", RunAsync)
    {
        Arguments = [new("NAME", ArgumentCount.Optional, "the package's name; the folder's when left out")],
        Flags =
        [
            new("--path", "the folder; made when it is not there", "DIR", Offer.Folders),
            .. NewVerb.Metadata,
        ],
        Examples =
        [
            new("cairn init", "makes cairn.toml here, named like the folder"),
            new("cairn init my-package --path ./packages/my-package", "makes it there"),
        ],
        Schema = "init",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var folder = call.Text("--path") is { } path ? Path.GetFullPath(path, call.Session.Globals.Folder) : call.Session.Globals.Folder;
        return call.Session.ChangeAsync(
            call.Session.Client.Init(NewVerb.Request(call, folder, call.OptionalArgument("NAME"))), Texts, cancellation);
    }

    private static void PrintPlan(Printer printer, InitPlan plan)
    {
        printer.Line($"would make {plan.File}:");
        foreach (var line in plan.Text.TrimEnd('\n').Split('\n'))
        {
            printer.Line($"  {line}".TrimEnd());
        }
    }
}
