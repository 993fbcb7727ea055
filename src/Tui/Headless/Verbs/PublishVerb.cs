using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class PublishVerb
{
    public static Verb Row() => new("publish", VerbGroup.Publish, "publish the package to a registry that is a folder", RunAsync)
    {
        Description = ["Packs, checks all that the registry would refuse, and adds the archive to the feed. A version is published once; publishing the same bytes again does nothing."],
        Flags =
        [
            new("--registry", "the registry; the one the name is routed to when left out", "NAME", Offer.Registries),
            PackVerb.Member,
        ],
        Examples =
        [
            new("cairn publish --dry-run", "checks everything and publishes nothing"),
            new("cairn publish --registry company", "publishes to the registry `company`"),
        ],
        Schema = "publish",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new PublishRequest(call.Session.Globals.Folder)
        {
            Registry = call.Text("--registry"),
            Member = call.Text("--package") is { } member ? PackageName.Parse(member) : null,
        };
        return call.Session.ChangeAsync(
            call.Session.Client.Publish(request),
            new(
                (printer, plan) =>
                {
                    PackVerb.PrintFiles(printer, plan.Archive);
                    printer.Line(plan.IsNew ? $"would publish to `{plan.Registry}` ({plan.Feed})" : $"is published in `{plan.Registry}` already");
                },
                plan => plan.IsNew, "publish?",
                (printer, report) => printer.Line(report.IsNew
                    ? $"published {report.Archive.Package} to `{report.Registry}`"
                    : $"{report.Archive.Package} is published in `{report.Registry}` already, with the same content")),
            cancellation);
    }
}
