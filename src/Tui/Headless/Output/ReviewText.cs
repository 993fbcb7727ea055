using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Output;

/// <summary>The review before publishing, for people.</summary>
internal static class ReviewText
{
    private const int ChangesMax = 20;

    public static void Print(Printer printer, PublishReview review)
    {
        foreach (var package in review.Packages)
        {
            printer.Line(printer.Paint.Bold($"{package.Package} to {review.Target.Registry} ({Printable.Of(review.Target.Address)})"));
            PrintChecks(printer, review, package);
            PrintChanges(printer, package);
            PrintFiles(printer, package);
            PrintArchive(printer, package);
        }

        printer.Line(review.MayPublish
            ? review.Packages.All(package => !package.IsNew) ? $"is published in `{review.Target.Registry}` already" : $"would publish to `{review.Target.Registry}`"
            : $"would not publish: {ChangeText.Count(review.Stops.Length, "check")} to put right");
    }

    public static void PrintReport(Printer printer, PublishReport report)
    {
        foreach (var package in report.Packages)
        {
            printer.Line(package.IsNew
                ? $"published {package.Package} to `{report.Registry}` ({package.Archive})"
                : $"{package.Package} is published in `{report.Registry}` already, with the same content");
        }

        if (report.Stopped is { } problem)
        {
            printer.Line($"stopped: {Printable.Of(problem.Message)}");
            printer.Line($"not published: {string.Join(", ", report.NotPublished)}");
        }
        else if (report.Packages.FirstOrDefault(package => package.IsNew) is { } first)
        {
            printer.Line(printer.Paint.Dim($"to hide it from new projects: cairn yank {first.Package.Name}@{first.Package.Version} --reason TEXT"));
        }
    }

    private static void PrintChecks(Printer printer, PublishReview review, PackageReview package)
    {
        var width = package.Checks.Max(check => check.Title.Length);
        foreach (var check in package.Checks)
        {
            var isAllowed = check.State == CheckState.Failed && check.MayBeAllowed && review.Request.Allowed.Contains(check.Id);
            var text = $"  {Sign(check.State),-5} {Printable.Of(check.Title).PadRight(width)}  {Printable.Of(check.Detail)}{(isAllowed ? " (allowed)" : "")}".TrimEnd();
            printer.Line(check.State switch
            {
                CheckState.Failed => printer.Paint.Red(text),
                CheckState.Look => printer.Paint.Yellow(text),
                _ => text,
            });
            if (check.Fix is { } fix && check.State is CheckState.Failed or CheckState.Look)
            {
                printer.Line(printer.Paint.Dim($"        {Printable.Of(fix)}{(check is { State: CheckState.Failed, MayBeAllowed: true } ? $" (or --allow {check.Id})" : "")}"));
            }
        }
    }

    private static void PrintChanges(Printer printer, PackageReview package)
    {
        if (package is not { Previous: { } previous, Changes: { } changes } || changes.Changes.IsEmpty)
        {
            return;
        }

        printer.Line($"since {previous.Version} (a {changes.Needed.ToString().ToLowerInvariant()} step, {changes.Proposed}):");
        foreach (var change in changes.Changes.Take(ChangesMax))
        {
            printer.Line($"  {change.Sign} {Printable.Of(change.What)}");
        }

        if (changes.Changes.Length > ChangesMax)
        {
            printer.Line($"  and {changes.Changes.Length - ChangesMax} more");
        }
    }

    private static void PrintFiles(Printer printer, PackageReview package)
    {
        printer.Line("files:");
        foreach (var file in package.Files)
        {
            var because = file.Because is { } rule ? $" {Printable.Of(rule)}" : "";
            var mark = file.Flags.IsEmpty ? "" : $"  {(file.NeedsLook ? "!" : "fine:")} {Printable.Of(file.Flags[0].What)}";
            printer.Line(file.IsIn
                ? $"  {ChangeText.Bytes(file.Size),9}  {Printable.Of(file.Path)}{printer.Paint.Yellow(mark)}"
                : printer.Paint.Dim($"  {"-",9}  {Printable.Of(file.Path)} ({file.Reason}{because}){mark}"));
            foreach (var flag in file.Flags.Where(flag => file.NeedsLook && flag.Line > 0))
            {
                printer.Line($"             {flag.Line}: {Printable.Of(flag.Excerpt)}{(flag.IsExample ? " (marked as an example)" : "")}");
            }
        }
    }

    private static void PrintArchive(Printer printer, PackageReview package)
    {
        if (package.Archive is { } archive)
        {
            printer.Line($"{package.FileName}: {ChangeText.Count(package.Files.Count(file => file.IsIn), "file")}, {ChangeText.Bytes(archive.Size)} ({ChangeText.Bytes(package.Unpacked)} unpacked), {archive.Hash}");
        }

        if (package.Dependents is { Count: > 0 } dependents)
        {
            printer.Line($"{ChangeText.Count(dependents.Count, "package")} there depend on {package.Package.Name}; {dependents.Accepting} accept {package.Package.Version}");
        }
    }

    private static string Sign(CheckState state) => state switch
    {
        CheckState.Passed => "ok",
        CheckState.Skipped => "-",
        CheckState.Look => "look",
        _ => "FAILS",
    };
}
