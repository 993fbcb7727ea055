using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

/// <summary>The user's settings: `cairn config …`.</summary>
internal static class ConfigVerbs
{
    public static Verb Get() => new("config get", VerbGroup.Configure, "print a setting", GetAsync)
    {
        Arguments = [new("KEY", ArgumentCount.One, "the setting", Offer.ConfigKeys)],
        Examples = [new("cairn config get registry.default", "prints the default registry")],
        Schema = "config",
    };

    public static Verb Set() => new("config set", VerbGroup.Configure, "change a setting", SetAsync)
    {
        Arguments =
        [
            new("KEY", ArgumentCount.One, "the setting", Offer.ConfigKeys),
            new("VALUE", ArgumentCount.Optional, "its value; left out it goes back to the default"),
        ],
        Examples =
        [
            new("cairn config set registry.default company", "makes `company` the default registry"),
            new("cairn config set network.parallel 8", "asks for eight things at once at most"),
        ],
        Schema = "user-file",
    };

    public static Verb List() => new("config list", VerbGroup.Configure, "list all settings with their origin", ListAsync)
    {
        Examples = [new("cairn config list", "lists settings, values and where each comes from")],
        Schema = "config",
    };

    public static Verb Paths() => new("config paths", VerbGroup.Configure, "list every file and folder cairn uses", PathsAsync)
    {
        Examples = [new("cairn config paths", "prints where configuration, store, cache and project files are")],
        Schema = "paths",
    };

    private static Task<int> GetAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.ReadConfiguration(KeyOf(call.Argument("KEY"))),
        (printer, report) => printer.Line(Printable.Of(report.Settings[0].Value)), cancellation);

    private static Task<int> SetAsync(Invocation call, CancellationToken cancellation)
    {
        var key = KeyOf(call.Argument("KEY"));
        var value = call.OptionalArgument("VALUE");
        return call.Session.ChangeAsync(
            call.Session.Client.SetConfiguration(key, value),
            RegistryVerbs.Texts(value is null ? $"{key} has its default again" : $"{key} is `{Printable.Clip(value, 200)}`"), cancellation);
    }

    /// <summary>`default-registry` is how the founding document calls it.</summary>
    private static string KeyOf(string key) => key == "default-registry" ? "registry.default" : key;

    private static Task<int> ListAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.ReadConfiguration(null, call.Session.Host.CheckKeys),
        (printer, report) =>
        {
            foreach (var setting in report.Settings)
            {
                var from = setting.Place.Length == 0 ? setting.Origin : Printable.Of(setting.Place);
                printer.Line($"{printer.Paint.Bold(setting.Name)} = {(setting.Value.Length == 0 ? "-" : Printable.Of(setting.Value))}  {printer.Paint.Dim($"({from})")}");
                printer.Paragraph($"{setting.Meaning}; takes {setting.Accepts}", "    ", "    ");
            }

            foreach (var warning in report.Warnings)
            {
                ProblemText.PrintNotice(call.Session.Error, warning);
            }
        },
        cancellation);

    private static Task<int> PathsAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.Paths(call.Session.Globals.Folder),
        (printer, report) =>
        {
            var table = new Table();
            foreach (var (what, path) in report.Paths)
            {
                table.Add(what, Printable.Of(path));
            }

            table.Print(printer, Clipping.None);
        },
        cancellation);
}
