using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>`cairn audit`: what is to be known of the locked packages, from this machine alone.</summary>
internal sealed class Audit(RegistryClient client, AuditRequest request) : Query<AuditReport>
{
    protected override Task<AuditReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => LookAsync(progress, cancellation), cancellation);

    private async Task<AuditReport> LookAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        await using var ground = await AuditGround.ReadAsync(client, request.Folder, cancellation).ConfigureAwait(false);
        var now = client.Settings.Clock.GetUtcNow();
        var warnings = DataWarnings(ground, now);
        var all = ground.Findings(request.Withdrawn, cancellation);
        var standing = all.Where(finding => !finding.Match.IsWithdrawn).ToImmutableArray();
        ImmutableArray<AuditFinding> findings = [.. standing.Where(finding => !ground.IsAccepted(finding))];
        if (request.Fixing == AuditFixing.Proven)
        {
            findings = await WithFixesAsync(ground, findings, progress, cancellation).ConfigureAwait(false);
        }

        var condition = await PackageCondition.ReadAsync(ground.Sources, ground.Graph, cancellation).ConfigureAwait(false);
        return new(ground.Project.Root)
        {
            Packages = ground.Graph.Packages.Count(package => package.Source is not PackageSource.Member),
            Checked = ground.Graph.Packages.Count(package => package.Source is PackageSource.Feed feed && ground.Evidence.Covers(feed.Registry)),
            Findings = findings,
            Accepted = [.. standing.Where(ground.IsAccepted)],
            Withdrawn = [.. all.Where(finding => finding.Match.IsWithdrawn)],
            Licenses = condition.Licenses(ground.Graph, ground.File.Licenses),
            Remarks = condition.Remarks(ground.Graph, ground.Project.RootManifest.Manifest.Resolution.Overrides),
            Sources = [.. ground.Evidence.Used.Select(source => new AuditSource(source, AdvisoryFreshness.Age(source, now)))],
            Warnings = [.. warnings, .. ground.FileWarnings()],
        };
    }

    /// <summary>Nothing known of anything is a problem, and never "nothing found".</summary>
    private List<Problem> DataWarnings(AuditGround ground, DateTimeOffset now)
    {
        var stale = ground.Evidence.Used.Select(source => AdvisoryFreshness.Stale(source, now)).OfType<Problem>().ToList();
        if (request.Data == AuditData.Fresh && stale.Concat(ground.Evidence.Gaps).FirstOrDefault() is { } lacking)
        {
            throw lacking.Raise();
        }

        if (ground.Evidence.Gaps.Count > 0 && ground.Evidence.Gaps.Count == AuditGround.RegistriesOf(ground.Lockfile).Count())
        {
            throw ground.Evidence.Gaps[0].Raise();
        }

        return [.. ground.Evidence.Gaps, .. stale];
    }

    private async Task<ImmutableArray<AuditFinding>> WithFixesAsync(
        AuditGround ground, ImmutableArray<AuditFinding> findings, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var releases = client.Sources(ground.Project, ground.Lockfile, []);
        var finder = new FixFinder(ground.Project, ground.Graph, releases, ground.Search(client, releases));
        var count = Math.Min(AuditRequest.FixesMax, findings.Count(AuditGround.CanBeFixed));
        var looked = findings.ToBuilder();
        for (var (i, done) = (0, 0); i < looked.Count && done < count; i++)
        {
            if (AuditGround.CanBeFixed(looked[i]))
            {
                progress.Report(new ProgressEvent.StepAdvanced("fixes", done++, count));
                looked[i] = looked[i] with { Fix = await finder.FindAsync(looked[i], cancellation).ConfigureAwait(false) };
            }
        }

        return looked.ToImmutable();
    }
}
