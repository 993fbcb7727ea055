namespace Registry.Tui.Headless.Verbs;

internal static class InstallVerb
{
    public static Verb Row() => new("install", VerbGroup.Project, "bring lockfile and packages up to date with the manifest", RunAsync)
    {
        Description =
        [
            "Resolves what the lockfile does not settle yet, fetches what is missing and puts every package into the install directory, all or nothing. When nothing is to be done it says so at once.",
        ],
        Flags =
        [
            .. ProjectChanges.Selection,
            new("--frozen", "fail when the lockfile would change") ,
            ProjectChanges.AsOf,
            ProjectChanges.Repair,
            ProjectChanges.Reason,
        ],
        Examples =
        [
            new("cairn install", "installs what the lockfile says, resolving what is new in the manifest"),
            new("cairn install --frozen", "in CI: fails with exit code 3 when the lockfile is out of date"),
            new("cairn install --profile release", "installs as [profile.release] says"),
            new("cairn install --offline", "uses only what is on this machine"),
        ],
        Schema = "change",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) =>
        ProjectChanges.RunAsync(call, call.Session.Client.Install(ProjectChanges.Request(call)), [], cancellation);
}
