using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class InfoVerb
{
    public static Verb Row() => new("info", VerbGroup.Look, "show what is known of a package", RunAsync)
    {
        Arguments = [new("PACKAGE", ArgumentCount.One, "NAME, or NAME@VERSION for that version", Offer.Packages)],
        Flags =
        [
            new("--registry", "ask this registry", "NAME", Offer.Registries),
            new("--readme", "print its README; fetches the package"),
            new("--files", "list its files; fetches the package"),
            new("--file", "print one of its files; fetches the package", "PATH"),
        ],
        Examples =
        [
            new("cairn info actor-utils", "shows its newest version"),
            new("cairn info actor-utils@1.2.3", "shows that version"),
            new("cairn info actor-utils --readme", "prints the README of the version in use, else of the newest"),
            new("cairn info actor-utils --files", "lists what is in it"),
        ],
        Schema = "info",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var (name, version) = Words.NameAndVersion(call.Argument("PACKAGE"));
        if (ContentsOutput.AskedFor(call))
        {
            return ContentsOutput.RunAsync(call, name, version, cancellation);
        }

        return call.Session.AnswerAsync(
            call.Session.Client.Info(new(call.Session.Globals.Folder, name, version, call.Text("--registry"))), Print, cancellation);
    }

    private static void Print(Printer printer, InfoReport report)
    {
        var (release, details) = (report.Release, report.Release.Details);
        printer.Line($"{printer.Paint.Bold(release.Id.Name.Value)} {printer.Paint.Cyan(release.Id.Version.ToString())}{Status(printer.Paint, release)}");
        if (details.Description is { Length: > 0 } description)
        {
            printer.Paragraph(Printable.Of(description));
        }

        printer.Line();
        Field(printer, "license", details.License);
        Field(printer, "latest", report.Latest is { } latest && latest != release.Id.Version ? latest.ToString() : null);
        Field(printer, "versions", report.Versions.ToString(CultureInfo.InvariantCulture));
        Field(printer, "in use", report.Locked.IsEmpty ? null : string.Join(", ", report.Locked));
        Field(printer, "registry", report.Registry);
        Field(printer, "published", release.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Field(printer, "size", details.Archive is { } archive ? ChangeText.Bytes(archive.Size) : null);
        Field(printer, "checksum", details.Archive?.Hash.ToString());
        Field(printer, "repository", details.Repository);
        Field(printer, "homepage", details.Homepage);
        Field(printer, "docs", details.Documentation);
        Field(printer, "keywords", details.Keywords.IsEmpty ? null : string.Join(", ", details.Keywords));
        foreach (var (engine, constraint) in details.Engines)
        {
            Field(printer, "needs", $"{engine} {constraint}");
        }

        PrintDependencies(printer, details);
        PrintFeatures(printer, details);
    }

    private static void PrintDependencies(Printer printer, ReleaseDetails details)
    {
        foreach (var (group, heading) in new[] { (DependencyGroup.Normal, "dependencies"), (DependencyGroup.Build, "build dependencies") })
        {
            var dependencies = details.Dependencies.Where(dependency => dependency.Group == group).ToArray();
            if (dependencies.Length > 0)
            {
                printer.Line();
                printer.Line(printer.Paint.Bold(heading));
                foreach (var dependency in dependencies)
                {
                    printer.Line($"  {dependency.Name} {printer.Paint.Dim(dependency.Constraint.Text)}{(dependency.IsOptional ? printer.Paint.Dim(" (optional)") : "")}");
                }
            }
        }
    }

    private static void PrintFeatures(Printer printer, ReleaseDetails details)
    {
        if (details.Features.IsEmpty)
        {
            return;
        }

        printer.Line();
        printer.Line(printer.Paint.Bold("features"));
        foreach (var (feature, entries) in details.Features)
        {
            printer.Paragraph(entries.IsEmpty ? Printable.Of(feature) : $"{Printable.Of(feature)}: {Printable.Of(string.Join(", ", entries))}", "  ", "      ");
        }
    }

    private static string Status(Paint paint, Release release) => release.Status == ReleaseStatus.Ok
        ? ""
        : paint.Yellow($" ({release.Status.ToString().ToLowerInvariant()}{(release.Reason is { Text.Length: > 0 } reason ? $": {Printable.Clip(reason.Text, 200)}" : "")})");

    private static void Field(Printer printer, string name, string? value)
    {
        if (value is not null)
        {
            printer.Line($"{printer.Paint.Dim(name.PadRight(11))}{Printable.Of(value)}");
        }
    }
}
