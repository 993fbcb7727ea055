using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class LockVerb
{
    public static Verb Row() => new("lock", VerbGroup.Project, "bring the lockfile up to date without installing", RunAsync)
    {
        Flags =
        [
            new("--check", "change nothing; fail with exit code 3 when the lockfile is out of date"),
            new("--repair", "make one lockfile of the two sides of a merge conflict"),
        ],
        Examples =
        [
            new("cairn lock", "resolves and writes cairn.lock"),
            new("cairn lock --check", "in CI: says whether the lockfile matches the manifest"),
            new("cairn lock --repair", "after a merge: keeps what both sides agree on and resolves the rest"),
        ],
        Schema = "change",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var action = call.Has("--check") ? LockAction.Check : call.Has("--repair") ? LockAction.Repair : LockAction.Update;
        return call.Session.ChangeAsync(
            call.Session.Client.Lock(ProjectChanges.Request(call), action), ProjectChanges.Texts, cancellation);
    }
}
