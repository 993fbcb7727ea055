using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Security;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>`cairn audit`: what is to be known of the locked packages, from this machine alone.</summary>
internal sealed class Audit(RegistryClient client, AuditRequest request) : Query<AuditReport>
{
    private const int PathsMax = 5;

    /// <summary>Of one finding, for a report.</summary>
    private const int ReferencesMax = 20;

    private static readonly Dictionary<LockEdge, Constraint> NoConstraints = [];

    protected override Task<AuditReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => LookAsync(progress, cancellation), cancellation);

    private async Task<AuditReport> LookAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var opened = LockedProject.Find(client, request.Folder);
        var (project, lockfile) = opened;
        await using var local = new RegistryClient(client.Settings with { IsOffline = true });
        using var sources = local.Sources(project, lockfile, []);
        var evidence = await AdvisoryEvidence.ReadAsync(client, sources, RegistriesOf(lockfile), cancellation).ConfigureAwait(false);
        var now = client.Settings.Clock.GetUtcNow();
        var warnings = Warnings(lockfile, evidence, now);
        var graph = new LockGraph(lockfile);
        var all = Findings(opened, graph, evidence, cancellation);
        var findings = all.Where(finding => !finding.Match.IsWithdrawn).ToImmutableArray();
        if (request.Fixing == AuditFixing.Proven)
        {
            // Which releases there are may be asked of registries, as in any resolution; only advisories are always local.
            using var releases = client.Sources(project, lockfile, []);
            findings = await WithFixesAsync(opened, graph, releases, evidence, findings, progress, cancellation).ConfigureAwait(false);
        }

        var condition = await PackageCondition.ReadAsync(sources, graph, cancellation).ConfigureAwait(false);
        return new(project.Root)
        {
            Packages = graph.Packages.Count(package => package.Source is not PackageSource.Member),
            Checked = graph.Packages.Count(package => package.Source is PackageSource.Feed feed && evidence.Covers(feed.Registry)),
            Findings = findings,
            Withdrawn = [.. all.Where(finding => finding.Match.IsWithdrawn)],
            Remarks = condition.Remarks(graph),
            Sources = [.. evidence.Used.Select(source => new AuditSource(source, AdvisoryFreshness.Age(source, now)))],
            Warnings = [.. warnings],
        };
    }

    internal static IEnumerable<string> RegistriesOf(Lockfile lockfile) =>
        lockfile.Packages.Select(package => package.Source).OfType<PackageSource.Feed>().Select(feed => feed.Registry).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Nothing known of anything is a problem, and never "nothing found".</summary>
    private List<Problem> Warnings(Lockfile lockfile, AdvisoryEvidence evidence, DateTimeOffset now)
    {
        var stale = evidence.Used.Select(source => AdvisoryFreshness.Stale(source, now)).OfType<Problem>().ToList();
        if (request.Data == AuditData.Fresh && stale.Concat(evidence.Gaps).FirstOrDefault() is { } lacking)
        {
            throw lacking.Raise();
        }

        if (evidence.Gaps.Count > 0 && evidence.Gaps.Count == RegistriesOf(lockfile).Count())
        {
            throw evidence.Gaps[0].Raise();
        }

        return [.. evidence.Gaps, .. stale];
    }

    private ImmutableArray<AuditFinding> Findings(LockedProject opened, LockGraph graph, AdvisoryEvidence evidence, CancellationToken cancellation)
    {
        var (ways, reach) = (new LockPaths(opened.Project, graph), new LockReach(graph));
        var findings = new List<AuditFinding>();
        for (var i = 0; i < graph.Packages.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (graph.Packages[i] is { Source: PackageSource.Feed feed } package)
            {
                foreach (var match in evidence.Match(feed.Registry, package.Id, request.Withdrawn))
                {
                    findings.Add(Finding(match, package.Id, feed.Registry, i, ways, reach, evidence));
                }
            }
        }

        return [.. findings.OrderBy(finding => finding.IsHarmful ? 0 : 1).ThenByDescending(finding => finding.Weight)
            .ThenByDescending(finding => finding.Match.Rating.Score ?? -1).ThenBy(finding => finding.Package.Name)
            .ThenBy(finding => finding.Package.Version).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    private static AuditFinding Finding(
        AdvisoryMatch match, PackageId package, string registry, int at, LockPaths ways, LockReach reach, AdvisoryEvidence evidence)
    {
        var paths = ways.To(at);
        var record = evidence.Record(match.Advisories[0]);
        return new(match, package, registry)
        {
            Group = reach.Group(at) ?? DependencyGroup.Normal,
            IsDirect = reach.IsDirect(at),
            Paths = [.. paths.Take(PathsMax).Select(path => ways.Steps(path, NoConstraints))],
            PathsLeftOut = Math.Max(0, paths.Count - PathsMax),
            Sources = [.. match.Advisories.Select(evidence.SourceOf).Distinct()],
            Details = record?.Details ?? "",
            References = [.. (record?.References ?? []).Take(ReferencesMax)],
        };
    }

    private async Task<ImmutableArray<AuditFinding>> WithFixesAsync(
        LockedProject opened, LockGraph graph, PackageSources sources, AdvisoryEvidence evidence,
        ImmutableArray<AuditFinding> findings, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var search = new FixSearch(client, opened.Project, opened.Lockfile, sources, evidence);
        var finder = new FixFinder(opened.Project, graph, sources, search);
        var count = Math.Min(AuditRequest.FixesMax, findings.Count(CanBeFixed));
        var fixedOnes = findings.ToBuilder();
        for (var (i, done) = (0, 0); i < fixedOnes.Count && done < count; i++)
        {
            if (CanBeFixed(fixedOnes[i]))
            {
                progress.Report(new ProgressEvent.StepAdvanced("fixes", done++, count));
                fixedOnes[i] = fixedOnes[i] with { Fix = await finder.FindAsync(fixedOnes[i], cancellation).ConfigureAwait(false) };
            }
        }

        return fixedOnes.ToImmutable();
    }

    /// <summary>There must be something to move away from: versions that are affected for sure.</summary>
    private static bool CanBeFixed(AuditFinding finding) => finding.IsHarmful && finding.Match.Certainty == MatchCertainty.Affected;
}
