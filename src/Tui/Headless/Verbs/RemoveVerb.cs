using System.Collections.Immutable;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class RemoveVerb
{
    public static Verb Row() => new("remove", VerbGroup.Project, "take dependencies out of the manifest", RunAsync)
    {
        Arguments = [new("NAME", ArgumentCount.AtLeastOne, "what the manifest calls the dependency", Offer.Dependencies)],
        Flags =
        [
            new("--dev", "from [dev-dependencies]"),
            new("--build", "from [build-dependencies]"),
            ProjectChanges.Member,
            ProjectChanges.NoInstall,
        ],
        Examples =
        [
            new("cairn remove log", "takes log out, and what only log needed"),
            new("cairn remove testkit --dev", "takes it out of [dev-dependencies]"),
        ],
        Schema = "change",
    };

    public static ImmutableArray<ProjectEdit.Remove> Edits(Invocation call) =>
        [.. call.Arguments("NAME").Select(name => new ProjectEdit.Remove(name, ProjectChanges.Group(call)))];

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.Remove(ProjectChanges.Request(call), Edits(call)), ProjectChanges.Texts, cancellation);
}
