using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Project;

namespace Registry.Tui.Screens.Create;

/// <summary>Makes a manifest where there is none, as `cairn init` does.</summary>
/// <param name="Name">Empty for the name of the folder.</param>
internal sealed record CreateProject(string Name, string Description, string License, bool IsWorkspace) : Inquiry
{
    private const string Package = "a package";
    private const string Workspace = "the root of a workspace";

    public override bool Writes => true;

    /// <summary>Asks what it shall be called, and makes it.</summary>
    public static Step Ask(AppState state) => new Dialog(
        "Create a project here",
        ["This makes a cairn.toml in this folder. It can be changed by hand at any time."],
        [new DialogButton("Create", new Answered())])
    {
        Fields =
        [
            new DialogField("Name") { Example = "the name of the folder", IsOptional = true },
            new DialogField("Description") { Example = "what it does, in one sentence", IsOptional = true },
            new DialogField("Licence") { Example = "MIT", IsOptional = true },
            new DialogField("It is") { Text = Package, Choices = [Package, Workspace] },
        ],
    }.Open(state);

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new ProjectCreated(await workbench.CreateAsync(this, progress, cancellation).ConfigureAwait(false));

    private sealed record Answered : DialogAnswer
    {
        public override string? Refuse(ImmutableArray<string> values) =>
            values[0].Length == 0 || PackageName.TryParse(values[0], out _) ? null : "A name is letters, digits and single - _ . between them.";

        public override Step Reach(AppState state, ImmutableArray<string> values) =>
            state.Start("create the project", new CreateProject(values[0], values[1], values[2], values[3] == Workspace));
    }
}

internal sealed record ProjectCreated(Outcome<InitReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, report => $"made {report.File}");

    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<InitReport>.Done done => state.Say(Notice.Done($"Made {done.Report.File}. a finds and adds a package")).Do(new OpenProject()),
        Outcome<InitReport>.Failed failed => state.Say(Notice.Of(failed.Problem)),
        _ => state.Say(Notice.Note("Stopped. Nothing was made")),
    };
}
