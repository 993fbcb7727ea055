using System.Collections.Immutable;
using Registry.Tui.Headless.Verbs;

namespace Registry.Tui.Headless;

/// <summary>
/// Every verb there is, in the order help shows them. A row is built only when it is wanted: a run needs one of them,
/// and each costs start-up time.
/// </summary>
internal static class VerbTable
{
    private static readonly ImmutableArray<(string Name, Func<Verb> Row)> Rows =
    [
        ("init", InitVerb.Row),
        ("new", NewVerb.Row),
        ("add", AddVerb.Row),
        ("remove", RemoveVerb.Row),
        ("install", InstallVerb.Row),
        ("update", UpdateVerb.Row),
        ("lock", LockVerb.Row),
        ("resolve", ResolveVerb.Row),
        ("undo", UndoVerb.Row),
        ("redo", RedoVerb.Row),
        ("edit", EditVerb.Row),
        ("migrate", MigrateVerb.Row),
        ("tree", TreeVerb.Row),
        ("why", WhyVerb.Row),
        ("why-not", WhyNotVerb.Row),
        ("list", ListVerb.Row),
        ("check", CheckVerb.Row),
        ("outdated", OutdatedVerb.Row),
        ("audit", AuditVerb.Row),
        ("search", SearchVerb.Row),
        ("info", InfoVerb.Row),
        ("versions", VersionsVerb.Row),
        ("diff", DiffVerb.Row),
        ("pack", PackVerb.Row),
        ("publish", PublishVerb.Row),
        ("yank", YankVerb.Row),
        ("unyank", UnyankVerb.Row),
        ("feed init", FeedVerbs.Init),
        ("feed add", FeedVerbs.Add),
        ("feed yank", FeedVerbs.Yank),
        ("feed unyank", FeedVerbs.Unyank),
        ("feed advisories", FeedVerbs.Advisories),
        ("feed check", FeedVerbs.Check),
        ("registry add", RegistryVerbs.Add),
        ("registry list", RegistryVerbs.List),
        ("registry edit", RegistryVerbs.Edit),
        ("registry move", RegistryVerbs.Move),
        ("registry remove", RegistryVerbs.Remove),
        ("registry test", RegistryVerbs.Test),
        ("advisories update", AdvisoriesVerbs.Update),
        ("advisories import", AdvisoriesVerbs.Import),
        ("advisories remove", AdvisoriesVerbs.Remove),
        ("advisories status", AdvisoriesVerbs.Status),
        ("config get", ConfigVerbs.Get),
        ("config set", ConfigVerbs.Set),
        ("config list", ConfigVerbs.List),
        ("config paths", ConfigVerbs.Paths),
        ("clean", StoreVerbs.Clean),
        ("store stats", StoreVerbs.Stats),
        ("store verify", StoreVerbs.Verify),
        ("store gc", StoreVerbs.Collect),
        ("demo", DemoVerb.Row),
        ("completions", CompletionsVerb.Row),
        ("help", HelpVerb.Row),
        ("version", VersionVerb.Row),
        ("__complete", CompleteVerb.Row),
    ];

    /// <summary>Words that mean a verb of another name.</summary>
    private static readonly ImmutableArray<(string Alias, string Name)> Aliases =
    [
        ("i", "install"),
        ("rm", "remove"),
        ("ls", "list"),
        ("show", "info"),
        ("upgrade", "update"),
    ];

    public static IEnumerable<Verb> All => Rows.Select(row => row.Row());

    /// <summary>The names of all verbs that people use.</summary>
    public static IEnumerable<string> Names => Rows.Select(row => row.Name).Where(name => !name.StartsWith("__", StringComparison.Ordinal));

    public static Verb? Find(string name)
    {
        foreach (var (candidate, row) in Rows)
        {
            if (candidate == name)
            {
                return row();
            }
        }

        foreach (var (alias, meant) in Aliases)
        {
            if (alias == name)
            {
                return Find(meant);
            }
        }

        return null;
    }

    /// <summary>The members of a family: `registry` has `registry add` and more.</summary>
    public static IEnumerable<Verb> Family(string first)
    {
        foreach (var (name, row) in Rows)
        {
            if (name.Length > first.Length && name[first.Length] == ' ' && name.StartsWith(first, StringComparison.Ordinal))
            {
                yield return row();
            }
        }
    }
}
