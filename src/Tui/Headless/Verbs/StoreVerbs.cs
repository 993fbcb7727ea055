using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

/// <summary>The store of unpacked packages: `cairn store …` and `cairn clean`.</summary>
internal static class StoreVerbs
{
    private const int DefaultDays = 30;

    public static Verb Stats() => new("store stats", VerbGroup.Configure, "show what the store holds and how often it helped", StatsAsync)
    {
        Examples = [new("cairn store stats", "prints packages, sizes and the hit rate")],
        Schema = "store-stats",
    };

    public static Verb Verify() => new("store verify", VerbGroup.Configure, "read every file of the store and throw damaged packages away", VerifyAsync)
    {
        Description = ["A damaged package is fetched again when it is needed. With --dry-run it is only reported. Exit code 6 when something was damaged."],
        Examples = [new("cairn store verify", "checks everything"), new("cairn store verify --dry-run", "reports and keeps")],
        Schema = "store-verify",
    };

    public static Verb Collect() => new("store gc", VerbGroup.Configure, "throw away packages that no project uses", CollectAsync)
    {
        Flags = [new("--days", $"keep what was used so many days ago; {DefaultDays} when left out", "N")],
        Examples = [new("cairn store gc --dry-run", "says what would go"), new("cairn store gc --days 7", "keeps what was used in the last week")],
        Schema = "clean",
    };

    public static Verb Clean() => new("clean", VerbGroup.Configure, "make room: unused packages, the cache, or everything", CleanAsync)
    {
        Description = ["Manifests and lockfiles stay, and what goes can be fetched again. Without a flag only packages that no project has used for a month go."],
        Flags =
        [
            new("--cache", "index documents and clones"),
            new("--all", "the cache, the whole store, and the project's installed packages; needs --yes without a terminal"),
        ],
        Examples =
        [
            new("cairn clean", "throws away unused packages"),
            new("cairn clean --cache", "throws away the cache"),
            new("cairn clean --all --yes", "throws away everything that can be fetched again"),
        ],
        Schema = "clean",
    };

    private static Task<int> StatsAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.StoreStats(),
        (printer, report) =>
        {
            printer.Line($"{report.Folder}");
            printer.Line($"{ChangeText.Count(report.Packages, "package")}, {report.Files} files, {ChangeText.Bytes(report.Bytes)}");
            var rate = report.HitRate is { } hits ? $", hit rate {hits.ToString("P1", CultureInfo.InvariantCulture)}" : "";
            printer.Line($"{report.Hits} hits, {report.Misses} misses{rate}; {ChangeText.Bytes(report.FetchedBytes)} fetched");
            printer.Line($"used by {ChangeText.Count(report.Projects.Length, "project")}");
            foreach (var project in call.Session.Globals.IsVerbose ? report.Projects : [])
            {
                printer.Line($"  {Printable.Of(project)}");
            }
        },
        cancellation);

    private static Task<int> VerifyAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.StoreVerify(call.Session.Globals.IsDryRun ? DamagedPackages.AreReported : DamagedPackages.AreDiscarded),
        (printer, report) =>
        {
            foreach (var damaged in report.Damaged)
            {
                printer.Line($"damaged: {damaged.Key}{(damaged.Paths.IsEmpty ? "" : $": {Printable.Of(string.Join(", ", damaged.Paths.Take(5)))}")}");
            }

            var fate = report.Damaged.IsEmpty ? "all sound" : report.WereDiscarded ? $"{report.Damaged.Length} damaged and thrown away" : $"{report.Damaged.Length} damaged";
            printer.Line($"{ChangeText.Count(report.Packages, "package")}, {report.Files} files, {ChangeText.Bytes(report.Bytes)}: {fate}");
        },
        report => report.Damaged.IsEmpty ? ExitCodes.Done : ProblemKind.Integrity.ExitCode(), cancellation);

    private static Task<int> CollectAsync(Invocation call, CancellationToken cancellation) =>
        CleanAsync(call, CleanScope.UnusedPackages, TimeSpan.FromDays(call.Number("--days") ?? DefaultDays), cancellation);

    private static Task<int> CleanAsync(Invocation call, CancellationToken cancellation)
    {
        var scope = call.Has("--all") ? CleanScope.All : call.Has("--cache") ? CleanScope.Cache : CleanScope.UnusedPackages;
        if (scope == CleanScope.All && call.Session is { Globals: { SaysYes: false, IsDryRun: false }, CanAsk: false })
        {
            throw new Problem(
                ProblemCode.ConfirmationNeeded, "`cairn clean --all` throws away every package of all your projects", "look with --dry-run, then run it with --yes").Raise();
        }

        return CleanAsync(call, scope, TimeSpan.FromDays(DefaultDays), cancellation);
    }

    private static Task<int> CleanAsync(Invocation call, CleanScope scope, TimeSpan unusedFor, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.Clean(new(call.Session.Globals.Folder, scope, unusedFor)),
        new((printer, plan) => Print(printer, plan, "would free"), plan => plan.IsEverything, "throw all this away?", (printer, report) => Print(printer, report, "freed")),
        cancellation);

    private static void Print(Printer printer, CleanReport report, string freed)
    {
        foreach (var (folder, bytes) in report.Folders)
        {
            printer.Line($"  {ChangeText.Bytes(bytes),9}  {Printable.Of(folder)}");
        }

        if (report.Packages.Length > 0 || report.Kept > 0)
        {
            printer.Line($"  {ChangeText.Bytes(report.PackageBytes),9}  {ChangeText.Count(report.Packages.Length, "package")} of the store; {report.Kept} kept");
        }

        printer.Line($"{freed} {ChangeText.Bytes(report.Bytes)}");
    }
}
