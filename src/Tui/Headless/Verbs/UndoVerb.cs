namespace Registry.Tui.Headless.Verbs;

internal static class UndoVerb
{
    public static Verb Row() => new("undo", VerbGroup.Project, "take back the last change of the project", RunAsync)
    {
        Examples = [new("cairn undo", "puts manifest, lockfile and packages back as they were before the last change")],
        Schema = "change",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) =>
        call.Session.ChangeAsync(call.Session.Client.Undo(ProjectChanges.Request(call)), ProjectChanges.Texts, cancellation);
}
