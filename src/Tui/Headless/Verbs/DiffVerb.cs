using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class DiffVerb
{
    public static Verb Row() => new("diff", VerbGroup.Look, "show what changed between two versions of a package", RunAsync)
    {
        Description = ["Fetches both versions into the store. Compares their files, dependencies and licences; installs nothing."],
        Arguments =
        [
            new("PACKAGE", ArgumentCount.One, "its name", Offer.Packages),
            new("FROM", ArgumentCount.One, "the version before, as 1.2.3"),
            new("TO", ArgumentCount.One, "the version after"),
        ],
        Flags =
        [
            new("--lines", "print changed lines too"),
            new("--registry", "ask this registry", "NAME", Offer.Registries),
        ],
        Examples =
        [
            new("cairn diff log 1.2.0 1.3.0", "lists files, dependencies and licences that differ"),
            new("cairn diff log 1.2.0 1.3.0 --lines", "shows the changed lines too"),
        ],
        Schema = "diff",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new ReleaseDifferenceRequest(
            call.Session.Globals.Folder, PackageName.Parse(call.Argument("PACKAGE")), SemanticVersion.Parse(call.Argument("FROM")),
            SemanticVersion.Parse(call.Argument("TO")), call.Text("--registry"));
        return call.Session.AnswerAsync(call.Session.Client.ReleaseDifference(request), (printer, report) => Print(call, printer, report), cancellation);
    }

    private static void Print(Invocation call, Printer printer, ReleaseDifferenceReport report)
    {
        var paint = printer.Paint;
        printer.Line($"{paint.Bold(report.Name.Value)} {paint.Cyan($"{report.From.Id.Version} -> {report.To.Id.Version}")}");
        if (report.LicenseChanges)
        {
            printer.Line(paint.Yellow($"! licence {Text(report.From.License)} -> {Text(report.To.License)}"));
        }

        foreach (var change in report.Dependencies)
        {
            printer.Line(Dependency(change));
        }

        PrintFiles(printer, report, call.Session.Clipping);
        if (call.Has("--lines"))
        {
            foreach (var lines in report.Files.Select(file => file.Lines).OfType<TextDifference>())
            {
                PrintLines(printer, lines);
            }
        }
    }

    private static void PrintFiles(Printer printer, ReleaseDifferenceReport report, Clipping clipping)
    {
        var table = new Table("", "size", "file");
        foreach (var file in report.Files)
        {
            table.Add(Sign(file.Kind), Sizes(file), Printable.Of(file.Path) + (file.Kind == FileChangeKind.ModeChanged ? file.After!.IsExecutable ? "  now a program" : "  no program any more" : ""));
        }

        if (!report.Files.IsEmpty)
        {
            printer.Line();
            table.Print(printer, clipping);
        }

        printer.Line();
        printer.Line(
            $"{report.Count(FileChangeKind.Added)} added, {report.Count(FileChangeKind.Removed)} removed, "
            + $"{report.Count(FileChangeKind.Changed) + report.Count(FileChangeKind.ModeChanged)} changed, {report.FilesSame} equal");
        if (!report.IsWhole)
        {
            printer.Line(printer.Paint.Dim("not every changed text was compared line by line: there is too much"));
        }
    }

    private static void PrintLines(Printer printer, TextDifference difference)
    {
        printer.Line();
        printer.Line(printer.Paint.Bold(Printable.Of(difference.File)));
        foreach (var hunk in difference.Hunks)
        {
            printer.Line(printer.Paint.Dim($"@@ -{hunk.OldStart},{hunk.OldCount} +{hunk.NewStart},{hunk.NewCount} @@"));
            foreach (var line in hunk.Lines)
            {
                var text = Printable.Of(line.Text.Replace("\t", "    ", StringComparison.Ordinal));
                printer.Line(line.Kind switch
                {
                    TextLineKind.Added => printer.Paint.Green($"+{text}"),
                    TextLineKind.Removed => printer.Paint.Red($"-{text}"),
                    _ => $" {text}",
                });
            }
        }
    }

    private static string Dependency(DependencyChange change) => (change.Before, change.After) switch
    {
        (null, { } now) => $"+ needs {Printable.Of(change.LocalName)} {now.Constraint}{(now.IsOptional ? " (optional)" : "")}",
        ({ } old, null) => $"- needed {Printable.Of(change.LocalName)} {old.Constraint}",
        var (old, now) => $"~ needs {Printable.Of(change.LocalName)} {old!.Constraint} -> {now!.Constraint}{(old.IsOptional == now.IsOptional ? "" : now.IsOptional ? ", now optional" : ", no longer optional")}",
    };

    private static string Text(string? license) => license is null ? "none" : Printable.Clip(license, 80);

    private static string Sign(FileChangeKind kind) => kind switch
    {
        FileChangeKind.Added => "+",
        FileChangeKind.Removed => "-",
        _ => "~",
    };

    private static string Sizes(FileChange file) => (file.Before, file.After) switch
    {
        ({ } old, { } now) when old.Bytes != now.Bytes => $"{ChangeText.Bytes(old.Bytes)} -> {ChangeText.Bytes(now.Bytes)}",
        var (old, now) => ChangeText.Bytes((now ?? old)!.Bytes),
    };
}
