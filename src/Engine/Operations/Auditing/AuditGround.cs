using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A locked project beside the advisories that count for it: what an audit and its fixes start from. Only this machine is read.</summary>
internal sealed class AuditGround : IAsyncDisposable
{
    private const int PathsMax = 5;

    /// <summary>Of one finding, for a report.</summary>
    private const int ReferencesMax = 20;

    private static readonly Dictionary<LockEdge, Constraint> NoConstraints = [];

    private readonly RegistryClient _local;
    private readonly AcceptedRisks _accepted;
    private readonly DateOnly _today;
    private readonly List<RiskDecision> _decisions = [];

    private AuditGround(
        RegistryClient local, LockedProject opened, PackageSources sources, AdvisoryEvidence evidence, AuditDocument file, DateTimeOffset now)
    {
        (_local, Project, Lockfile, Sources, Evidence, File) = (local, opened.Project, opened.Lockfile, sources, evidence, file);
        (_accepted, _today) = (file.Accepted, DateOnly.FromDateTime(now.UtcDateTime));
        Graph = new(opened.Lockfile);
    }

    public Project Project { get; }

    public Lockfile Lockfile { get; }

    public LockGraph Graph { get; }

    /// <summary>Offline.</summary>
    public PackageSources Sources { get; }

    public AdvisoryEvidence Evidence { get; }

    /// <summary>`audit.toml`.</summary>
    public AuditDocument File { get; }

    /// <exception cref="ProblemException">ManifestMissing, LockfileMissing; whatever is wrong with the files.</exception>
    public static async Task<AuditGround> ReadAsync(RegistryClient client, string folder, CancellationToken cancellation)
    {
        var opened = LockedProject.Find(client, folder);
        var file = AuditFile.Read(opened.Project.Root);
        var local = new RegistryClient(client.Settings with { IsOffline = true });
        var sources = local.Sources(opened.Project, opened.Lockfile, []);
        var evidence = await AdvisoryEvidence.ReadAsync(client, sources, RegistriesOf(opened.Lockfile), cancellation).ConfigureAwait(false);
        return new(local, opened, sources, evidence, file, client.Settings.Clock.GetUtcNow());
    }

    public static IEnumerable<string> RegistriesOf(Lockfile lockfile) =>
        lockfile.Packages.Select(package => package.Source).OfType<PackageSource.Feed>().Select(feed => feed.Registry).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Everything that advisories say of the locked packages, the gravest first; those accepted too.</summary>
    public ImmutableArray<AuditFinding> Findings(WithdrawnAdvisories withdrawn, CancellationToken cancellation)
    {
        var (ways, reach) = (new LockPaths(Project, Graph), new LockReach(Graph));
        var findings = new List<AuditFinding>();
        for (var i = 0; i < Graph.Packages.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Graph.Packages[i] is { Source: PackageSource.Feed feed } package)
            {
                foreach (var match in Evidence.Match(feed.Registry, package.Id, withdrawn))
                {
                    findings.Add(Finding(match, package.Id, feed.Registry, i, ways, reach));
                }
            }
        }

        return [.. findings.OrderBy(finding => finding.IsHarmful ? 0 : 1).ThenByDescending(finding => finding.Weight)
            .ThenByDescending(finding => finding.Match.Rating.Score ?? -1).ThenBy(finding => finding.Package.Name)
            .ThenBy(finding => finding.Package.Version).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    /// <summary>Whether a finding is accepted today.</summary>
    public bool IsAccepted(AuditFinding finding) => finding.Accepted is { } risk && risk.HoldsOn(_today);

    /// <summary>What is to be said of `audit.toml`: entries that are over, and entries that match nothing.</summary>
    public ImmutableArray<Problem> FileWarnings() =>
    [
        .. File.Warnings,
        .. _decisions.Where(decision => decision is { State: RiskState.Expired, Risk: not null }).Select(decision => decision.Risk!).Distinct().Select(risk => new Problem(
            ProblemCode.AuditFileInvalid, $"`{risk.Id}` was accepted until {risk.Until:yyyy-MM-dd}, which is over, so it counts again",
            "fix it, or accept it anew with a later date", risk.Place)),
        .. _accepted.Unused(_decisions),
    ];

    /// <summary>Finds fixes among all releases that there are.</summary>
    /// <param name="releases">May ask registries, as any resolution does; only advisories are always local.</param>
    public FixSearch Search(RegistryClient client, PackageSources releases) => new(client, Project, Lockfile, releases, Evidence);

    /// <summary>There must be something to move away from: a flaw, and versions that have it for sure.</summary>
    public static bool CanBeFixed(AuditFinding finding) => finding.IsHarmful && finding.Match.Certainty == MatchCertainty.Affected;

    public ValueTask DisposeAsync()
    {
        Sources.Dispose();
        return _local.DisposeAsync();
    }

    private AuditFinding Finding(AdvisoryMatch match, PackageId package, string registry, int at, LockPaths ways, LockReach reach)
    {
        var paths = ways.To(at);
        var record = Evidence.Record(match.Advisories[0]);
        var decision = match.IsWithdrawn ? RiskDecision.Open : _accepted.For(match, package.Name, _today);
        _decisions.Add(decision);
        return new(match, package, registry)
        {
            Group = reach.Group(at) ?? DependencyGroup.Normal,
            IsDirect = reach.IsDirect(at),
            Paths = [.. paths.Take(PathsMax).Select(path => ways.Steps(path, NoConstraints))],
            PathsLeftOut = Math.Max(0, paths.Count - PathsMax),
            Sources = [.. match.Advisories.Select(Evidence.SourceOf).Distinct()],
            Details = record?.Details ?? "",
            References = [.. (record?.References ?? []).Take(ReferencesMax)],
            Accepted = decision.Risk,
        };
    }
}
