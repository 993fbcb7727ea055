using Registry.Engine.Model;
using Registry.Engine.Operations;
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
        Examples = [new("cairn registry list", "lists the project's and the user's registries")],
        Schema = "registries",
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

    private static Task<int> ListAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.Registries(call.Session.Globals.Folder), (printer, report) => Print(printer, report, call.Session.Clipping), cancellation);

    private static void Print(Printer printer, RegistriesReport report, Clipping clipping)
    {
        if (report.Registries.IsEmpty)
        {
            printer.Line("no registries; add one: `cairn registry add NAME ADDRESS`");
            return;
        }

        var table = new Table("name", "address", "packages", "of");
        foreach (var (entry, where) in report.Registries)
        {
            table.Add(
                entry.Name, Printable.Of(entry.Address ?? "(no address)"),
                entry.IsDefault ? "all without a route" : entry.Packages.IsEmpty ? "none" : string.Join(", ", entry.Packages), where);
        }

        table.Print(printer, clipping);
    }
}
