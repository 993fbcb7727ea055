using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

/// <summary>The user's registries: `cairn registry …`.</summary>
internal static class RegistryVerbs
{
    public static Verb Add() => new("registry add", VerbGroup.Configure, "name a place packages come from", AddAsync)
    {
        Description = ["The first one becomes the default for names without a route. With --packages it is the only source of the names that match; no name ever has two."],
        Arguments =
        [
            new("NAME", ArgumentCount.One, "what to call it"),
            new("ADDRESS", ArgumentCount.One, "a folder, or an http(s) address", Offer.Folders),
        ],
        Flags =
        [
            new("--default", "use it for all names without a route"),
            new("--packages", "the names it is the source of: acme/*, http-core", "A,B") { IsRepeatable = true },
            new("--allow-insecure", "allow plain http"),
            new("--ecosystem", "what advisories call the family of its packages, as crates.io", "NAME"),
        ],
        Examples =
        [
            new("cairn registry add company https://packages.company.com", "adds a registry on the web"),
            new("cairn registry add local ./feed --packages 'acme/*'", "takes every acme/… from a folder"),
        ],
        Schema = "user-file",
    };

    public static Verb List() => new("registry list", VerbGroup.Configure, "list registries and what comes from them", ListAsync)
    {
        Description = ["The state is what can be said without asking; `cairn registry test` asks."],
        Examples = [new("cairn registry list", "lists the project's and the user's registries")],
        Schema = "registries",
    };

    public static Verb Edit() => new("registry edit", VerbGroup.Configure, "change the address or the names of a registry", EditAsync)
    {
        Description = ["Changes an entry of your registries.toml and leaves the rest of the file as it is. Registries that a project names are changed in its manifest."],
        Arguments = [new("NAME", ArgumentCount.One, "its name", Offer.Registries)],
        Flags =
        [
            new("--address", "where it is: a folder, or an http(s) address", "ADDRESS", Offer.Folders),
            new("--packages", "the names it is the source of, in place of those before", "A,B") { IsRepeatable = true },
            new("--no-packages", "it is the source of no names in particular"),
            new("--default", "use it for all names without a route"),
            new("--insecure", "whether plain http is allowed", "YES") { Choices = ["yes", "no"] },
        ],
        Examples =
        [
            new("cairn registry edit company --address https://pkg.company.com", "the registry has moved"),
            new("cairn registry edit company --packages 'acme/*,widgets'", "takes these names from it alone"),
        ],
        Schema = "user-file",
    };

    public static Verb Move() => new("registry move", VerbGroup.Configure, "move a registry up or down in the list", MoveAsync)
    {
        Description = ["Only lists follow the order. Each name comes from one registry, whatever the order: a pattern decides, else the default registry."],
        Arguments =
        [
            new("NAME", ArgumentCount.One, "its name", Offer.Registries),
            new("DIRECTION", ArgumentCount.One, "where to") { Choices = ["up", "down"] },
        ],
        Examples = [new("cairn registry move company up", "lists it before the one that is above it now")],
        Schema = "user-file",
    };

    public static Verb Test() => new("registry test", VerbGroup.Configure, "ask registries for their state and time the answer", TestAsync)
    {
        Description = ["Asks as every command does first: what the registry is, and which state it is in. With --offline, web registries are not asked."],
        Arguments = [new("NAME", ArgumentCount.Any, "which ones; all when left out", Offer.Registries)],
        Examples =
        [
            new("cairn registry test", "tests all of them"),
            new("cairn registry test company", "tests one, and ends with an error when it does not answer"),
        ],
        Schema = "registry-test",
    };

    public static Verb Remove() => new("registry remove", VerbGroup.Configure, "forget a registry", RemoveAsync)
    {
        Arguments = [new("NAME", ArgumentCount.One, "its name", Offer.Registries)],
        Examples = [new("cairn registry remove company", "takes it out of registries.toml")],
        Schema = "user-file",
    };

    public static ChangeTexts<UserFileReport, UserFileReport> Texts(string done) => new(
        (printer, plan) => ChangeText.PrintDifference(printer, plan.Difference), _ => false, "",
        (printer, report) => printer.Line(report.Difference.IsEmpty ? "nothing to do" : done));

    private static Task<int> AddAsync(Invocation call, CancellationToken cancellation)
    {
        var name = call.Argument("NAME");
        var entry = new RegistryEntry(name, call.Argument("ADDRESS"), call.Listed("--packages"))
        {
            AllowInsecure = call.Has("--allow-insecure"),
            IsDefault = call.Has("--default"),
            Ecosystem = call.Text("--ecosystem"),
        };
        return call.Session.ChangeAsync(
            call.Session.Client.AddRegistry(entry, call.Session.Globals.Folder), Texts($"added the registry `{name}`"), cancellation);
    }

    private static Task<int> RemoveAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.RemoveRegistry(call.Argument("NAME")), Texts($"removed the registry `{call.Argument("NAME")}`"), cancellation);

    private static Task<int> EditAsync(Invocation call, CancellationToken cancellation)
    {
        var edit = new RegistryEdit(call.Argument("NAME"))
        {
            Address = call.Text("--address"),
            Packages = call.Has("--no-packages") ? [] : call.Listed("--packages") is { IsEmpty: false } packages ? packages : null,
            AllowInsecure = call.Text("--insecure") is { } word ? word == "yes" : null,
            BecomesDefault = call.Has("--default"),
        };
        return edit == new RegistryEdit(edit.Name)
            ? throw new Problem(ProblemCode.UsageInvalid, "there is nothing to change", "`cairn help registry edit` lists what can be changed").Raise()
            : call.Session.ChangeAsync(call.Session.Client.EditRegistry(edit, call.Session.Globals.Folder), Texts($"changed the registry `{edit.Name}`"), cancellation);
    }

    private static Task<int> MoveAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.MoveRegistry(call.Argument("NAME"), call.Argument("DIRECTION") == "up" ? MoveDirection.Up : MoveDirection.Down),
        Texts($"moved the registry `{call.Argument("NAME")}` {call.Argument("DIRECTION")}"), cancellation);

    private static Task<int> TestAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.TestRegistries(call.Session.Globals.Folder, call.Arguments("NAME")),
        (printer, report) => PrintTest(printer, report, call.Session.Clipping),
        report => report.Registries.FirstOrDefault(test => test.State == RegistryState.Failed)?.Problem?.Kind.ExitCode() ?? ExitCodes.Done,
        cancellation);

    private static void PrintTest(Printer printer, RegistryTestReport report, Clipping clipping)
    {
        if (report.Registries.IsEmpty)
        {
            printer.Line("no registries; add one: `cairn registry add NAME ADDRESS`");
            return;
        }

        var table = new Table("name", "state", "delay", "names", "address");
        foreach (var test in report.Registries)
        {
            table.Add(
                test.Name, test.State switch { RegistryState.Ok => "ok", RegistryState.NotAsked => "not asked", _ => test.Problem!.Code.Slug() },
                test.State == RegistryState.NotAsked ? "-" : FormattableString.Invariant($"{test.Delay.TotalMilliseconds:0.0} ms"),
                test.Names is { } names ? FormattableString.Invariant($"{names:N0}") : "-", Printable.Of(test.Address.Length == 0 ? "(no address)" : test.Address));
        }

        table.Print(printer, clipping);
        foreach (var problem in report.Registries.Select(test => test.Problem).OfType<Problem>())
        {
            printer.Line(Printable.Of(problem.Message));
            printer.Line(printer.Paint.Dim($"  {Printable.Of(problem.Hint ?? "")}"));
        }
    }

    private static Task<int> ListAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.Registries(call.Session.Globals.Folder), (printer, report) => Print(printer, report, call.Session.Clipping), cancellation);

    private static void Print(Printer printer, RegistriesReport report, Clipping clipping)
    {
        if (report.Registries.IsEmpty)
        {
            printer.Line("no registries; add one: `cairn registry add NAME ADDRESS`");
            return;
        }

        var table = new Table("name", "address", "packages", "of", "state");
        foreach (var (entry, where, place) in report.Registries)
        {
            table.Add(
                entry.Name, Printable.Of(entry.Address ?? "(no address)"),
                entry.IsDefault ? "all without a route" : entry.Packages.IsEmpty ? "none" : string.Join(", ", entry.Packages), where,
                place switch { RegistryPlace.Folder => "a folder", RegistryPlace.NoFeed => "no feed there", RegistryPlace.Web => "on the web", _ => "no address" });
        }

        table.Print(printer, clipping);
    }
}
