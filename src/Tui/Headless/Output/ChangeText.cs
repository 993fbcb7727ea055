using Registry.Engine.Operations;
using Registry.Engine.Resolution;

namespace Registry.Tui.Headless.Output;

/// <summary>Plans and reports of changes, for people.</summary>
internal static class ChangeText
{
    private const int LinesMax = 40;

    /// <summary>One change of the lockfile in a few words: `log 1.0.0 -> 1.1.0`.</summary>
    public static string Of(LockChange change) => change.Kind switch
    {
        LockChangeKind.Added => $"+{change.Name} {change.After!.Id.Version}",
        LockChangeKind.Removed => $"-{change.Name} {change.Before!.Id.Version}",
        LockChangeKind.Moved => $"{change.Name} {change.After!.Id.Version} from {change.After.Source}",
        LockChangeKind.Refeatured => $"{change.Name} {change.After!.Id.Version} [{string.Join(", ", change.After.Features)}]",
        _ => $"{change.Name} {change.Before!.Id.Version} -> {change.After!.Id.Version}",
    };

    public static void PrintPlan(Printer printer, ChangePlan plan)
    {
        if (plan.IsEmpty)
        {
            printer.Line("nothing to do");
            return;
        }

        foreach (var manifest in plan.Manifests)
        {
            PrintDifference(printer, manifest);
        }

        PrintChanges(printer, plan.Lock);
        if (plan.ChangesLockfile && plan.Lock.IsEmpty)
        {
            printer.Line("the lockfile is rewritten; its packages stay");
        }

        PrintAdvisories(printer, plan.Advisories);
        var fetch = plan.ToFetch.Length == 0 ? "" : $", fetches {Count(plan.ToFetch.Length, "package")}{Size(plan)}";
        if (plan.ChangesInstallation)
        {
            printer.Line($"installs {Count(plan.ToInstall.Length, "package")}, removes {plan.ToRemove.Length}{fetch}");
        }
    }

    private static void PrintAdvisories(Printer printer, AdvisoryShift? shift)
    {
        foreach (var flaw in shift?.Gained ?? [])
        {
            printer.Line(printer.Paint.Red($"  + advisory {AuditWords.Level(flaw.Finding)} {flaw.Match.Id} {flaw.Package}"));
        }

        foreach (var flaw in shift?.Lost ?? [])
        {
            printer.Line(printer.Paint.Green($"  - advisory {AuditWords.Level(flaw.Finding)} {flaw.Match.Id} {flaw.Package}"));
        }
    }

    public static void PrintReport(Printer printer, ChangeReport report)
    {
        if (report.WasEmpty)
        {
            printer.Line(report.PackagesInstalled == 0 ? "nothing to do" : $"nothing to do: {Count(report.PackagesInstalled, "package")} installed");
            return;
        }

        PrintChanges(printer, report.Lock);
        foreach (var manifest in report.Manifests)
        {
            printer.Line($"wrote {manifest}");
        }

        if (report.LockfileWritten)
        {
            printer.Line("wrote cairn.lock");
        }

        var fetched = report.PackagesFetched == 0 ? "" : $", {report.PackagesFetched} fetched ({Bytes(report.BytesFetched)})";
        if (report.Installed.Length > 0 || report.Removed.Length > 0)
        {
            printer.Line($"installed {Count(report.Installed.Length, "package")}, removed {report.Removed.Length}{fetched}; {Count(report.PackagesInstalled, "package")} in all");
        }
    }

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => FormattableString.Invariant($"{bytes / 1000.0:0.0} kB"),
        < 1_000_000_000 => FormattableString.Invariant($"{bytes / 1_000_000.0:0.0} MB"),
        _ => FormattableString.Invariant($"{bytes / 1_000_000_000.0:0.0} GB"),
    };

    public static void PrintChanges(Printer printer, LockDifference difference)
    {
        var paint = printer.Paint;
        foreach (var change in difference.Changes.Take(LinesMax))
        {
            var text = change.Kind switch
            {
                LockChangeKind.Added => paint.Green($"  + {change.Name} {change.After!.Id.Version}"),
                LockChangeKind.Removed => paint.Red($"  - {change.Name} {change.Before!.Id.Version}"),
                LockChangeKind.Downgraded => paint.Yellow($"  < {Of(change)}"),
                LockChangeKind.Upgraded => $"  > {Of(change)}{(change.IsBreaking ? paint.Yellow(" (breaking)") : "")}",
                _ => $"  ~ {Of(change)}",
            };
            printer.Line(text);
        }

        if (difference.Changes.Length > LinesMax)
        {
            printer.Line($"  and {difference.Changes.Length - LinesMax} more");
        }
    }

    public static void PrintDifference(Printer printer, TextDifference difference)
    {
        var paint = printer.Paint;
        printer.Line(paint.Bold(difference.File));
        foreach (var line in difference.Hunks.SelectMany(hunk => hunk.Lines).Where(line => line.Kind != TextLineKind.Same))
        {
            printer.Line(line.Kind == TextLineKind.Added
                ? paint.Green($"  + {Engine.Model.Printable.Of(line.Text)}")
                : paint.Red($"  - {Engine.Model.Printable.Of(line.Text)}"));
        }
    }

    private static string Size(ChangePlan plan) => plan.ToFetch.All(fetch => fetch.Size is not null)
        ? $" ({Bytes(plan.ToFetch.Sum(fetch => fetch.Size!.Value))})"
        : "";
}
