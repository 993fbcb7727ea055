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
            ProjectChanges.AsOf,
        ],
        Examples =
        [
            new("cairn lock", "resolves and writes cairn.lock"),
            new("cairn lock --check", "in CI: says whether the lockfile matches the manifest"),
            new("cairn lock --as-of 2026-03-01", "locks what was there on that day; later installs keep it"),
            new("cairn lock --repair", "after a merge: keeps what both sides agree on and resolves the rest"),
        ],
        Schema = "change",
        RepairedBy = "install",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var action = call.Has("--check") ? LockAction.Check : call.Has("--repair") ? LockAction.Repair : LockAction.Update;
        var request = ProjectChanges.Request(call) with { Scope = InstallScope.LockfileOnly };
        var choice = new ConflictChoice(call.Session, request, []);
        var texts = action == LockAction.Update
            ? ProjectChanges.Texts with { Choose = (problem, conflict) => choice.AskAsync(problem, conflict, cancellation) }
            : ProjectChanges.Texts;
        return call.Session.ChangeAsync(call.Session.Client.Lock(request, action), texts, cancellation);
    }
}
