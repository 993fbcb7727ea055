using System.Diagnostics;
using System.Text.Json;
using Registry.Benchmarks.Feed;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Tests.Security;
using Registry.Engine.Tests.Sources;
using Registry.Testing;

namespace Registry.Engine.Tests.Operations.Auditing;

/// <summary>
/// A project of old versions on the crates feed, with RustSec's data: findings beside the evaluator that shares nothing with
/// the matcher, and every fix made anew.
/// </summary>
public sealed class CratesAuditTests : IDisposable
{
    private const string Dependencies =
        """
        chrono = "^0.4"
        crossbeam = "^0.8"
        flate2 = "^1"
        h2 = "^0.3"
        hyper = "^0.14"
        lru = "^0.7"
        nix = "~0.20.0"
        openssl = "^0.10"
        rand = "^0.7"
        regex = "~1.4"
        rusqlite = "^0.25"
        rustls = "^0.19"
        smallvec = "^1.2"
        tar = "^0.4.20"
        time = "^0.2"
        tokio = "^1"
        url = "^2"
        zip = "^0.5"
        """;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_project_of_old_crates_has_the_findings_of_the_evaluator_and_every_fix_holds_when_made_anew()
    {
        var bundles = OsvData.Bundles();
        var crates = Repository.SharedData("resolver/crates-io-2025-08-closure.raw.jsonl.xz");
        Assert.SkipWhen(bundles is null || crates is null, "the shared data is not beside this checkout");
        Assert.SkipUnless(HasXz(), "there is no xz here");
        var rustsec = bundles.Single(path => path.Contains("rustsec", StringComparison.Ordinal));
        new CratesFeed(crates, _sandbox.At("feed")).Make();
        await Import(rustsec);
        await LockOld();

        var clock = Stopwatch.StartNew();
        var found = await Audited(AuditFixing.None);
        var matched = clock.Elapsed;
        var report = await Audited(AuditFixing.Proven);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{report.Packages} packages, {report.Findings.Length} findings in {matched.TotalMilliseconds:0} ms; with {report.Findings.Count(f => f.Fix?.Edit is not null)} proven fixes in {(clock.Elapsed - matched).TotalMilliseconds:0} ms");

        var records = OsvData.Lines(rustsec).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(Expected(Locked(), records), found.Findings.SelectMany(Said).Order(StringComparer.Ordinal));
        Assert.True(report.Findings.Length > 20, $"{report.Findings.Length} findings");
        Assert.True(report.Findings.Count(finding => finding.Fix is { IsSafe: true }) > 5);
        await Proven(report, records);
        await TogetherHolds(report, records);
    }

    /// <summary>Each fix as a change of its own, by a client that knows nothing of the search for it.</summary>
    private async Task Proven(AuditReport report, JsonElement[] records)
    {
        var before = Locked();
        foreach (var finding in report.Findings.Where(finding => finding.Fix?.Edit is not null))
        {
            var fix = finding.Fix!;
            await using var client = Client();
            var plan = await client.Edit(Request(), [fix.Edit!]).PlanAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);

            Assert.Equal(Words(fix.Lock), Words(plan.Lock));
            Assert.Equal(fix.Effort == FixEffort.LockOnly, plan.Manifests.IsEmpty && !fix.IsBreaking);
            Assert.DoesNotContain(plan.Lock.Changes, change => change.Kind == LockChangeKind.Downgraded);
            Assert.True(fix.IsBreaking || plan.Lock.Changes.All(change => change.Kind != LockChangeKind.Upgraded || !change.IsBreaking));
            var (was, now) = (Harms(before, records), Harms(plan.Lockfile, records));
            Assert.DoesNotContain(now, said => said == $"{finding.Package} {finding.Match.Header.Id}");
            Assert.Empty(now.Select(WithoutVersion).Except(was.Select(WithoutVersion)));
        }
    }

    private async Task TogetherHolds(AuditReport report, JsonElement[] records)
    {
        await using var client = Client();
        var outcome = await client.AuditFixes(new(_sandbox.At("p"), []) { Scope = AuditFixScope.Safe }).RunAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);
        var fixes = Assert.IsType<Outcome<AuditFixesReport>.Done>(outcome).Report;
        var plan = await client.Edit(Request(), [fixes.Edit!]).PlanAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);

        var now = Harms(plan.Lockfile, records);
        Assert.True(fixes.Fixed.Length >= report.Findings.Count(finding => finding.Fix is { IsSafe: true }) * 9 / 10, $"{fixes.Fixed.Length} fixed together");
        Assert.All(fixes.Fixed, finding => Assert.DoesNotContain($"{finding.Package} {finding.Match.Header.Id}", now));
        Assert.Empty(now.Select(WithoutVersion).Except(Harms(Locked(), records).Select(WithoutVersion)));
    }

    private static IEnumerable<string> Said(AuditFinding finding) => finding.Match.Advisories.Select(advisory => $"{finding.Package} {advisory.Header.Id}");

    private static IEnumerable<string> Words(LockDifference difference) => difference.Changes.Select(change => $"{change.Kind} {change.Before?.Id} {change.After?.Id}");

    private static string WithoutVersion(string said) => $"{said.Split(' ')[0]} {said.Split(' ')[^1]}";

    private static List<string> Expected(Lockfile lockfile, JsonElement[] records) => Evaluate(lockfile, records, _ => true);

    private static List<string> Harms(Lockfile lockfile, JsonElement[] records) => Evaluate(
        lockfile, records, affected => !affected.TryGetProperty("database_specific", out var more) || !more.TryGetProperty("informational", out var word) || word.ValueKind == JsonValueKind.Null);

    private static List<string> Evaluate(Lockfile lockfile, JsonElement[] records, Func<JsonElement, bool> counts)
    {
        var byName = records.Where(record => !record.TryGetProperty("withdrawn", out var withdrawn) || withdrawn.ValueKind == JsonValueKind.Null)
            .SelectMany(record => StraightEvaluator.Items(record, "affected").Where(counts).Select(affected => affected.GetProperty("package").GetProperty("name").GetString()!).Distinct()
                .Select(name => (Plain: StraightEvaluator.Plain(name), Name: name, Record: record)))
            .ToLookup(entry => entry.Plain, entry => (entry.Name, entry.Record));
        return
        [
            .. (from package in lockfile.Packages
                where package.Source is PackageSource.Feed
                from entry in byName[StraightEvaluator.Plain(package.Id.Name.Value)]
                where StraightEvaluator.Evaluate(entry.Record, "crates.io", entry.Name, package.Id.Version.ToString()) != StraightEvaluator.Answer.No
                select $"{package.Id} {entry.Record.GetProperty("id").GetString()}").Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Locked by the lowest versions, then as a project that takes the highest.</summary>
    private async Task LockOld()
    {
        var manifest = $"[package]\nname = \"old\"\nversion = \"1.0.0\"\n\n[dependencies]\n{Dependencies}\n\n[registries]\nmain = \"../feed\"\n\n[resolution]\nduplicates = \"compatible\"\n";
        foreach (var text in (string[])[$"{manifest}strategy = \"lowest\"\n", manifest])
        {
            _sandbox.Write("p/cairn.toml", text);
            await using var client = Client();
            var outcome = await client.Lock(Request(), LockAction.Update).RunAsync((_, _) => Task.FromResult(true), new Feeds.Silent(), TestContext.Current.CancellationToken);
            Assert.True(outcome is Outcome<ChangeReport>.Done, $"{(outcome as Outcome<ChangeReport>.Failed)?.Problem.Message}");
        }
    }

    private Lockfile Locked() => Registry.Engine.Formats.Lockfiles.LockfileText.Read(File.ReadAllText(_sandbox.At("p/cairn.lock")), "cairn.lock");

    private async Task Import(string file)
    {
        await using var client = Client();
        var outcome = await client.ImportAdvisories(new([file], null)).RunAsync((_, _) => Task.FromResult(true), new Feeds.Silent(), TestContext.Current.CancellationToken);
        Assert.Equal(1206, Assert.IsType<Outcome<AdvisoriesReport>.Done>(outcome).Report.Sources[0].Source.Records);
    }

    private async Task<AuditReport> Audited(AuditFixing fixing)
    {
        await using var client = Client();
        var outcome = await client.Audit(new(_sandbox.At("p")) { Fixing = fixing }).RunAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);
        return outcome is Outcome<AuditReport>.Done done ? done.Report : throw new InvalidOperationException((outcome as Outcome<AuditReport>.Failed)?.Problem.Message);
    }

    private ChangeRequest Request() => new(_sandbox.At("p")) { Scope = InstallScope.LockfileOnly };

    private RegistryClient Client() => new(new ClientSettings
    {
        Folders = new(_sandbox.At("home/config"), _sandbox.At("home/data"), _sandbox.At("home/cache")),
    });

    private static bool HasXz()
    {
        try
        {
            using var xz = Process.Start(new ProcessStartInfo("xz", ["--version"]) { RedirectStandardOutput = true })!;
            xz.WaitForExit();
            return xz.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
