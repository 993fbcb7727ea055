using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>
/// The least change for each finding: the lockfile alone, then one constraint of a manifest within its major version, then
/// a step that may break. Every one that is given was solved.
/// </summary>
internal sealed class FixFinder(Project project, LockGraph graph, PackageSources sources, FixSearch search)
{
    /// <summary>Releases of one dependency that are tried, nearest first.</summary>
    private const int ReleasesMax = 8;

    /// <summary>Dependencies of the manifests that are tried one by one.</summary>
    private const int LinesMax = 5;

    private readonly Dictionary<PackageName, PackageIndex?> _indexes = [];

    /// <summary>A line of a manifest that leads to a finding, and the locked package it was resolved to.</summary>
    private sealed record Lead(ProjectManifest Manifest, Dependency Line, LockedPackage Locked);

    public async Task<AuditFix> FindAsync(AuditFinding finding, CancellationToken cancellation)
    {
        try
        {
            return await ProveAsync(finding, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException e) when (e.Problem.Kind is ProblemKind.Unavailable or ProblemKind.NotFound or ProblemKind.Integrity)
        {
            // What is known of the flaw is worth showing without it.
            return new(FixEffort.NeedsChoice, $"not looked for: {e.Problem.Message}");
        }
    }

    private async Task<AuditFix> ProveAsync(AuditFinding finding, CancellationToken cancellation)
    {
        var alone = await search.TryAsync([finding], [], FixReach.Compatible, cancellation).ConfigureAwait(false);
        if (alone.Edit is not null)
        {
            return Fix(FixEffort.LockOnly, finding, alone, null);
        }

        if (await OfManifestAsync(finding, FixReach.Compatible, cancellation).ConfigureAwait(false) is { } edited)
        {
            return Fix(FixEffort.Manifest, finding, edited, null);
        }

        var breaking = await search.TryAsync([finding], [], FixReach.Breaking, cancellation).ConfigureAwait(false);
        breaking = breaking.Edit is not null ? breaking : await OfManifestAsync(finding, FixReach.Breaking, cancellation).ConfigureAwait(false) ?? breaking;
        if (breaking.Edit is not null)
        {
            return Fix(FixEffort.NeedsChoice, finding, breaking, "it takes a step that may break; --breaking allows it");
        }

        // Even then a newer dependent might do without the package, so this is only the last word.
        return !await HasReleaseWithoutAsync(finding, cancellation).ConfigureAwait(false)
            ? new(FixEffort.None, $"no release of {finding.Package.Name} is without it")
            : new(FixEffort.NeedsChoice, $"other requirements keep every release without it out: {await search.WhyNotAsync(alone, cancellation).ConfigureAwait(false)}");
    }

    /// <summary>
    /// Moves one line that leads to the finding, the package's own first; then all such lines together. A line that does not
    /// help at its newest or its nearest is given up; one that does is moved to the nearest release that does.
    /// </summary>
    private async Task<FixTrial?> OfManifestAsync(AuditFinding finding, FixReach reach, CancellationToken cancellation)
    {
        var newest = new List<(Lead, SemanticVersion)>();
        foreach (var same in Leads(finding.Package).GroupBy(lead => lead.Locked.Id).OrderByDescending(group => group.Key == finding.Package).Take(LinesMax))
        {
            var versions = await VersionsAsync(finding, same.First().Locked, reach, cancellation).ConfigureAwait(false);
            if (versions.IsEmpty)
            {
                continue;
            }

            if (await TryAsync(finding, Moves(same, versions[^1]), reach, cancellation).ConfigureAwait(false) is { } farthest)
            {
                return await NearestAsync(finding, same, versions[..^1], reach, cancellation).ConfigureAwait(false) ?? farthest;
            }

            if (versions.Length > 1 && await TryAsync(finding, Moves(same, versions[0]), reach, cancellation).ConfigureAwait(false) is { } nearest)
            {
                return nearest;
            }

            newest.AddRange(Moves(same, versions[^1]));
        }

        return newest.DistinctBy(move => move.Item1.Locked.Id).Count() > 1 ? await TryAsync(finding, newest, reach, cancellation).ConfigureAwait(false) : null;
    }

    private async Task<FixTrial?> NearestAsync(
        AuditFinding finding, IEnumerable<Lead> same, ImmutableArray<SemanticVersion> versions, FixReach reach, CancellationToken cancellation)
    {
        foreach (var version in versions)
        {
            if (await TryAsync(finding, Moves(same, version), reach, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static IReadOnlyList<(Lead Lead, SemanticVersion Version)> Moves(IEnumerable<Lead> leads, SemanticVersion version) =>
        [.. leads.Select(lead => (lead, version))];

    private async Task<FixTrial?> TryAsync(
        AuditFinding finding, IReadOnlyList<(Lead Lead, SemanticVersion Version)> moves, FixReach reach, CancellationToken cancellation)
    {
        ImmutableArray<ManifestEdit.ChangeConstraint> edits =
        [
            .. from move in moves
               let line = move.Lead.Line
               where !line.Constraint.Admits(move.Version)
               select new ManifestEdit.ChangeConstraint(
                   move.Lead.Manifest.File, line.Group, line.LocalName, line.Name, line.Constraint, ConstraintBump.To(line.Constraint, move.Version)),
        ];
        if (edits.IsEmpty)
        {
            // The lines allow it as they are, so solving without moving them has said no already.
            return null;
        }

        var trial = await search.TryAsync([finding], edits, reach, cancellation).ConfigureAwait(false);
        return trial.Edit is null ? null : trial;
    }

    /// <summary>Releases that a line may move up to: of the package itself those without the flaw; nearest first, the newest last.</summary>
    private async Task<ImmutableArray<SemanticVersion>> VersionsAsync(
        AuditFinding finding, LockedPackage locked, FixReach reach, CancellationToken cancellation)
    {
        if (await IndexAsync(locked, cancellation).ConfigureAwait(false) is not { } index)
        {
            return [];
        }

        var current = locked.Id.Version;
        var range = CompatibleRange.Of(current);
        var fitting = index.Releases
            .Where(release => release.Status == ReleaseStatus.Ok && release.Id.Version > current && (!release.Id.Version.IsPrerelease || current.IsPrerelease))
            .Select(release => release.Id.Version)
            .Where(version => CompatibleRange.Of(version) == range == (reach == FixReach.Compatible))
            .Where(version => locked.Id != finding.Package || !finding.Match.Versions.Set.Contains(version))
            .ToImmutableArray();
        return fitting.Length <= ReleasesMax ? fitting : [.. fitting.Take(ReleasesMax - 1), fitting[^1]];
    }

    private async Task<bool> HasReleaseWithoutAsync(AuditFinding finding, CancellationToken cancellation) =>
        graph.Find(finding.Package) is >= 0 and var at && await IndexAsync(graph.Packages[at], cancellation).ConfigureAwait(false) is { } index
        && index.Releases.Any(release => release.Status == ReleaseStatus.Ok && release.Id.Version > finding.Package.Version && !finding.Match.Versions.Set.Contains(release.Id.Version));

    private async Task<PackageIndex?> IndexAsync(LockedPackage package, CancellationToken cancellation)
    {
        if (_indexes.TryGetValue(package.Id.Name, out var known))
        {
            return known;
        }

        var answer = package.Source is PackageSource.Feed feed
            ? (await sources.ReadAllAsync([new(package.Id.Name, new DependencyOrigin.Feed(feed.Registry))], Silence.Instance, cancellation).ConfigureAwait(false))[0].Package
            : null;
        return _indexes[package.Id.Name] = answer?.Index;
    }

    /// <summary>The lines of the project's manifests from which the package is reached.</summary>
    private List<Lead> Leads(PackageId package)
    {
        var above = Above(graph.Find(package));
        var leads = new List<Lead>();
        foreach (var root in graph.Roots)
        {
            var folder = ((PackageSource.Member)graph.Packages[root].Source).Folder;
            var manifest = project.Manifests.FirstOrDefault(m => m.Folder == folder);
            foreach (var edge in graph.Needs(root).Where(edge => above.Contains(edge.To)))
            {
                var line = manifest?.Manifest.Dependencies.FirstOrDefault(d => d.Group == edge.Group && d.LocalName == edge.LocalName);
                if (line is { Origin: DependencyOrigin.Feed } && graph.Packages[edge.To].Source is PackageSource.Feed)
                {
                    leads.Add(new(manifest!, line, graph.Packages[edge.To]));
                }
            }
        }

        return leads;
    }

    private HashSet<int> Above(int package)
    {
        HashSet<int> above = [package];
        var pending = new Queue<int>(above);
        while (pending.TryDequeue(out var at))
        {
            foreach (var edge in graph.NeededBy(at).Where(edge => above.Add(edge.From)))
            {
                pending.Enqueue(edge.From);
            }
        }

        return above;
    }

    private static AuditFix Fix(FixEffort effort, AuditFinding finding, FixTrial trial, string? why)
    {
        var change = trial.Lock.Changes.FirstOrDefault(change => change.Before?.Id == finding.Package);
        return new(effort, why)
        {
            Edit = trial.Edit,
            Lock = trial.Lock,
            To = change?.After?.Id.Version,
            IsBreaking = trial.IsBreaking,
        };
    }
}
