using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Engine.Security;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>How far a fix may go.</summary>
public enum FixReach
{
    /// <summary>No package makes a step that may break its dependents.</summary>
    Compatible,

    /// <summary>Another major version will do where there is nothing nearer.</summary>
    Breaking,
}

/// <summary>What a solve for a fix came to.</summary>
/// <param name="Edit">Null when there is no way.</param>
internal sealed record FixTrial(ProjectEdit.Fix? Edit, Lockfile? After, LockDifference Lock)
{
    /// <summary>What had no answer; null when there was one that was not good enough.</summary>
    public ResolutionRequest? Failed { get; init; }

    public bool IsBreaking => Lock.Changes.Any(change => change.Kind == LockChangeKind.Upgraded && change.IsBreaking);
}

/// <summary>
/// Proves fixes: solves the project with the affected versions ruled out. When the answer would downgrade a package, take a
/// step that may break, or bring in another known flaw, that is ruled out as well and it is solved again, until an answer
/// stands or there is none.
/// </summary>
internal sealed class FixSearch(
    RegistryClient client, Project project, Lockfile locked, PackageSources sources, AdvisoryEvidence evidence)
{
    /// <summary>Each turn rules out more of one package at least; real fixes take one to four.</summary>
    private const int TurnsMax = 40;

    private readonly Resolving _resolving = new(sources, client.Settings.Clock, Silence.Instance);
    private readonly Supplies _supplies = new();
    private readonly ILookup<PackageName, SemanticVersion> _locked = locked.Packages.ToLookup(package => package.Id.Name, package => package.Id.Version);

    /// <summary>Solves for all findings at once.</summary>
    /// <param name="edits">Constraints that move.</param>
    public async Task<FixTrial> TryAsync(
        IReadOnlyList<AuditFinding> findings, ImmutableArray<ManifestEdit.ChangeConstraint> edits, FixReach reach, CancellationToken cancellation)
    {
        ImmutableArray<string> ids = [.. findings.Select(finding => finding.Id).Distinct()];
        var avoid = new Avoided();
        foreach (var finding in findings)
        {
            avoid.Add(finding.Package.Name, finding.Match.Versions.Set, finding.Id);
        }

        var manifests = await EditedAsync(edits).ConfigureAwait(false);
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var request = Request(manifests, avoid);
            if (await _resolving.TryAsync(request, _supplies, cancellation).ConfigureAwait(false) is not { } resolution)
            {
                return new(null, null, new([])) { Failed = request };
            }

            var after = resolution.ToLockfile() with { Root = project.LockName };
            var difference = LockDifference.Between(locked, after);
            var isRefused = false;
            foreach (var change in difference.Changes)
            {
                isRefused |= Refuse(change, reach, avoid);
            }

            if (!isRefused)
            {
                return new(new(ids, avoid.Wishes, edits), after, difference);
            }
        }

        return new(null, null, new([]));
    }

    /// <summary>What stands against a fix, in words without a full stop.</summary>
    public async Task<string> WhyNotAsync(FixTrial trial, CancellationToken cancellation) => trial.Failed is { } request
        ? await _resolving.WhyNotAsync(request, _supplies, cancellation).ConfigureAwait(false)
        : "no way was found without another flaw, a downgrade or a breaking step";

    /// <summary>Rules out what must not be in a fix. True when there was something.</summary>
    private bool Refuse(LockChange change, FixReach reach, Avoided avoid)
    {
        if (change.After is not { Source: PackageSource.Feed feed } after || change.Kind == LockChangeKind.Refeatured)
        {
            return false;
        }

        if (change is { Before: { } before } && change.Kind is LockChangeKind.Downgraded)
        {
            return avoid.Add(change.Name, Except(VersionSet.Below(before.Id.Version), change.Name), "older than now");
        }

        if (reach == FixReach.Compatible && change is { Kind: LockChangeKind.Upgraded, IsBreaking: true })
        {
            return avoid.Add(change.Name, Except(VersionSet.AtLeast(FirstBreaking(change.Before!.Id.Version)), change.Name), "may break");
        }

        return RefuseFlaws(change, feed, after.Id, avoid);
    }

    /// <summary>A flaw that the package has now may stay, when another one is being fixed; a new one may not come.</summary>
    private bool RefuseFlaws(LockChange change, PackageSource.Feed feed, PackageId after, Avoided avoid)
    {
        var isRefused = false;
        var had = change.Before is { } before ? Flaws(feed, before.Id).Select(match => match.Id).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var match in Flaws(feed, after).Where(match => !had.Contains(match.Id)))
        {
            isRefused |= avoid.Add(change.Name, match.Versions.Set, match.Id);
        }

        return isRefused;
    }

    private IEnumerable<AdvisoryMatch> Flaws(PackageSource.Feed feed, PackageId package) =>
        evidence.Match(feed.Registry, package, WithdrawnAdvisories.Hidden)
            .Where(match => match.Certainty == MatchCertainty.Affected
                && match.Category is Model.Advisories.AdvisoryCategory.Vulnerability or Model.Advisories.AdvisoryCategory.Malware);

    /// <summary>Other versions of the name that are locked (another major beside this one) stay possible.</summary>
    private VersionSet Except(VersionSet versions, PackageName name) =>
        _locked[name].Aggregate(versions, (rest, version) => rest.Except(VersionSet.Only(version)));

    private static SemanticVersion FirstBreaking(SemanticVersion version) =>
        (version.Major > 0 ? new SemanticVersion(version.Major + 1, 0, 0)
        : version.Minor > 0 ? new(0, version.Minor + 1, 0)
        : new(0, 0, version.Patch + 1)).LowestPrerelease;

    private ResolutionRequest Request(ImmutableArray<ProjectManifest> manifests, Avoided avoid) =>
        new(LockPlanning.RootsOf(manifests), manifests[0].Manifest.Resolution)
        {
            Locked = locked,
            Engines = client.Engines,
            Wishes = [.. avoid.Wishes],
        };

    private async Task<ImmutableArray<ProjectManifest>> EditedAsync(ImmutableArray<ManifestEdit.ChangeConstraint> edits)
    {
        var changes = new ManifestChanges(project, project.RootManifest, project.Root);
        await changes.ApplyAsync(
            [new ProjectEdit.Fix([], [], edits)], static (_, _) => throw new InvalidOperationException("a fix needs no newest release")).ConfigureAwait(false);
        return changes.Manifests;
    }

    /// <summary>The versions ruled out so far, by package.</summary>
    private sealed class Avoided
    {
        private readonly SortedDictionary<PackageName, (VersionSet Versions, string Why)> _byName = [];

        public ImmutableArray<Wish.Never> Wishes => [.. _byName.Select(entry => new Wish.Never(entry.Key, entry.Value.Versions, entry.Value.Why))];

        /// <returns>False when all of them were out already.</returns>
        public bool Add(PackageName name, VersionSet versions, string why)
        {
            var (known, reasons) = _byName.GetValueOrDefault(name, (VersionSet.Empty, ""));
            if (versions.IsSubsetOf(known))
            {
                return false;
            }

            _byName[name] = (known.Union(versions), reasons.Length == 0 ? why : $"{reasons}, {why}");
            return true;
        }
    }
}
