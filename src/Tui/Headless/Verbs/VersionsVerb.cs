using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class VersionsVerb
{
    public static Verb Row() => new("versions", VerbGroup.Look, "list the versions of a package", RunAsync)
    {
        Arguments = [new("PACKAGE", ArgumentCount.One, "NAME, or NAME@CONSTRAINT for those it admits", Offer.Packages)],
        Flags = [new("--registry", "ask this registry", "NAME", Offer.Registries)],
        Examples =
        [
            new("cairn versions log", "lists all versions, newest first"),
            new("cairn versions log@^1.2", "lists those that ^1.2 admits"),
        ],
        Schema = "versions",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var text = call.Argument("PACKAGE");
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var request = new VersionsRequest(
            call.Session.Globals.Folder, PackageName.Parse(at < 0 ? text : text[..at]), at < 0 ? null : Constraint.Parse(text[(at + 1)..]), call.Text("--registry"));
        return call.Session.AnswerAsync(
            call.Session.Client.Versions(request), (printer, report) => Print(printer, report, call.Session.Clipping),
            report => report.Releases.IsEmpty ? ExitCodes.No : ExitCodes.Done, cancellation);
    }

    private static void Print(Printer printer, VersionsReport report, Clipping clipping)
    {
        if (report.Releases.IsEmpty)
        {
            printer.Line($"no version of {report.Name} fits");
            return;
        }

        var table = new Table("version", "published", "");
        foreach (var release in report.Releases)
        {
            table.Add(
                release.Id.Version.ToString(), release.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-",
                string.Join(", ", Notes(report, release)));
        }

        table.Print(printer, clipping);
    }

    private static IEnumerable<string> Notes(VersionsReport report, Release release)
    {
        if (release.Id.Version == report.Latest)
        {
            yield return "latest";
        }

        if (report.Locked.Contains(release.Id.Version))
        {
            yield return "in use";
        }

        if (release.Status != ReleaseStatus.Ok)
        {
            yield return release.Reason is { Text.Length: > 0 } reason
                ? $"{release.Status.ToString().ToLowerInvariant()}: {Printable.Clip(reason.Text, 200)}"
                : release.Status.ToString().ToLowerInvariant();
        }
    }
}
