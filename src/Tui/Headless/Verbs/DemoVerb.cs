using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class DemoVerb
{
    public static Verb Row() => new("demo", VerbGroup.Other, "try cairn on a sample project that comes with it", RunAsync)
    {
        Description =
        [
            "Writes the project and the feed of its packages into a scratch folder. On a terminal it is opened; without one it is installed and its tree shown. Needs no network.",
        ],
        Arguments = [new("PROJECT", ArgumentCount.Optional, "the sample; when left out, conflict on a terminal and tidelog without one") { Choices = ["tidelog", "outdated", "conflict"] }],
        Flags = [new("--to", "write it into this new folder instead", "DIR", Offer.Folders)],
        Examples =
        [
            new("cairn demo", "opens one that cannot be resolved, with repairs to choose from"),
            new("cairn demo outdated", "opens one with updates and a yanked release"),
            new("cairn --headless demo", "installs the sample and shows its tree"),
        ],
        Schema = "demo",
    };

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var session = call.Session;
        var project = call.OptionalArgument("PROJECT") switch
        {
            "outdated" => DemoProject.Outdated,
            "conflict" => DemoProject.Conflict,
            "tidelog" => DemoProject.Tidelog,
            _ => session.Globals.IsHeadless ? DemoProject.Tidelog : DemoProject.Conflict,
        };
        var change = session.Client.Demo(new(project, call.Text("--to") is { } to ? Path.GetFullPath(to, session.Globals.Folder) : null));
        var plan = await change.PlanAsync(session.Progress, cancellation).ConfigureAwait(false);
        var exit = await session.ChangeAsync(
            change,
            new(
                (printer, planned) => printer.Line($"would write {planned.Folder} and {planned.Feed}"), _ => false, "",
                (printer, report) => printer.Line($"the sample is in {report.Folder}")),
            cancellation).ConfigureAwait(false);
        if (exit != ExitCodes.Done || session.Globals.IsDryRun || session.Globals.Output == OutputForm.Json)
        {
            return exit;
        }

        if (!session.Globals.IsHeadless && session.OpensScreen(new(plan.Folder)))
        {
            return ExitCodes.Done;
        }

        exit = await session.ChangeAsync(
            session.Client.Install(new(plan.Folder)), ProjectChanges.Texts with { NeedsApproval = _ => false }, cancellation).ConfigureAwait(false);
        return exit != ExitCodes.Done
            ? exit
            : await session.AnswerAsync(session.Client.Tree(new(plan.Folder)), TreeVerb.PrintText, cancellation).ConfigureAwait(false);
    }
}
