using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Verbs;

internal static class YankVerb
{
    public static VerbFlag Registry { get; } = new("--registry", "the registry; the one the name is routed to when left out", "NAME", Offer.Registries);

    public static Verb Row() => new("yank", VerbGroup.Publish, "hide a published version from new resolutions", RunAsync)
    {
        Description = ["Projects that have the version in their lockfile keep it, and are told the reason."],
        Arguments = [new("PACKAGE", ArgumentCount.One, "NAME@VERSION")],
        Flags = [new("--reason", "why, for those who use it", "TEXT"), Registry],
        Examples = [new("cairn yank my-package@1.0.0 --reason \"loses data\"", "hides 1.0.0")],
        Schema = "yank",
    };

    public static Task<int> RunAsync(Invocation call, YankAction action, string? feed, CancellationToken cancellation)
    {
        var (name, version) = Words.NameAndVersion(call.Argument("PACKAGE"));
        if (version is null)
        {
            throw new Problem(ProblemCode.UsageInvalid, "one version is yanked, not a whole package", $"name it: {name}@1.2.3").Raise();
        }

        var request = new YankRequest(call.Session.Globals.Folder, new(name, version), action, call.Text("--reason") ?? "")
        {
            Registry = call.Text("--registry"),
            Feed = feed,
            At = Words.Time(call.Text("--at")),
        };
        var verb = action == YankAction.Yank ? "yank" : "unyank";
        return call.Session.ChangeAsync(
            call.Session.Client.Yank(request),
            new(
                (printer, plan) => printer.Line($"would {verb} {plan.Package} in {plan.Feed}"), _ => true, $"{verb} {name} {version}?",
                (printer, report) => printer.Line($"{verb}ed {report.Package}")),
            cancellation);
    }

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) => RunAsync(call, YankAction.Yank, null, cancellation);
}
