namespace Registry.Tui.Headless.Verbs;

internal static class RedoVerb
{
    public static Verb Row() => new("redo", VerbGroup.Project, "do again what was taken back last", RunAsync)
    {
        Examples = [new("cairn redo", "does again what the last `cairn undo` took back")],
        Schema = "change",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) =>
        call.Session.ChangeAsync(call.Session.Client.Redo(ProjectChanges.Request(call)), ProjectChanges.Texts, cancellation);
}
