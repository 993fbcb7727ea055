using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Security;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>What registries say of the locked releases themselves: whether they still stand, and under which licence.</summary>
internal sealed class PackageCondition
{
    private readonly Dictionary<PackageKey, PackageIndex> _indexes = [];
    private readonly HashSet<PackageKey> _absent = [];

    private PackageCondition()
    {
    }

    public static async Task<PackageCondition> ReadAsync(PackageSources sources, LockGraph graph, CancellationToken cancellation)
    {
        var condition = new PackageCondition();
        PackageKey[] keys = [.. graph.Packages.Select(KeyOf).OfType<PackageKey>().Distinct()];
        foreach (var key in keys)
        {
            await condition.ReadAsync(sources, key, cancellation).ConfigureAwait(false);
        }

        return condition;
    }

    /// <summary>The locked release as its registry has it; null when it is not at hand.</summary>
    public Release? Release(LockedPackage package) =>
        KeyOf(package) is { } key && _indexes.TryGetValue(key, out var index)
            ? index.Releases.FirstOrDefault(release => release.Id.Version == package.Id.Version)
            : null;

    /// <summary>The packages whose licence a project does not take; none when it does not say which it takes.</summary>
    public ImmutableArray<LicenseFinding> Licenses(LockGraph graph, LicensePolicy? policy) => policy is null ? [] :
        [.. from package in graph.Packages
            let release = Release(package)
            where release is not null
            let verdict = policy.Evaluate(package.Id.Name, release.License)
            where verdict.Outcome != LicenseOutcome.Satisfied
            select new LicenseFinding(package.Id, verdict.License, verdict.Reason)];

    /// <summary>By kind, then name.</summary>
    public ImmutableArray<AuditRemark> Remarks(LockGraph graph, ImmutableArray<Override> overrides)
    {
        var reach = new LockReach(graph);
        return [.. Enumerable.Range(0, graph.Packages.Length)
            .Select(i => Remark(graph.Packages[i], reach.IsDirect(i)))
            .OfType<AuditRemark>()
            .Concat(Forced(graph, overrides))
            .OrderBy(remark => remark.Kind).ThenBy(remark => remark.Package.Name).ThenBy(remark => remark.Package.Version)];
    }

    private IEnumerable<AuditRemark> Forced(LockGraph graph, ImmutableArray<Override> overrides) =>
        from forced in overrides
        from package in graph.Packages
        where package.Id.Name == forced.Name
        select new AuditRemark(AuditRemarkKind.Override, package.Id, Printable.Clip(forced.Reason ?? "", Override.ReasonMax), Newer(package));

    private SemanticVersion? Newer(LockedPackage package) =>
        KeyOf(package) is { } key && _indexes.GetValueOrDefault(key)?.Latest?.Id.Version is { } newest && newest > package.Id.Version ? newest : null;

    private AuditRemark? Remark(LockedPackage package, bool isDirect)
    {
        if (KeyOf(package) is not { } key || (!_indexes.ContainsKey(key) && !_absent.Contains(key)))
        {
            return null;
        }

        var newer = Newer(package);
        return Release(package) switch
        {
            null => new(AuditRemarkKind.Missing, package.Id, "", newer),
            { Status: ReleaseStatus.Yanked } release => new(AuditRemarkKind.Yanked, package.Id, Text(release), newer),
            { Status: ReleaseStatus.Quarantined } release => new(AuditRemarkKind.Quarantined, package.Id, Text(release), newer),
            { Status: ReleaseStatus.Revoked } release => new(AuditRemarkKind.Revoked, package.Id, Text(release), newer),
            _ => isDirect && newer is not null ? new(AuditRemarkKind.Outdated, package.Id, "", newer) : null,
        };
    }

    private async Task ReadAsync(PackageSources sources, PackageKey key, CancellationToken cancellation)
    {
        try
        {
            var answer = (await sources.ReadAllAsync([key], Silence.Instance, cancellation).ConfigureAwait(false))[0];
            if (answer.Package is { } package)
            {
                _indexes[key] = package.Index;
            }
            else
            {
                _absent.Add(key);
            }
        }
        catch (Problems.ProblemException)
        {
            // Not on this machine: nothing is said of it.
        }
    }

    private static PackageKey? KeyOf(LockedPackage package) =>
        package.Source is PackageSource.Feed feed ? new(package.Id.Name, new DependencyOrigin.Feed(feed.Registry)) : null;

    private static string Text(Release release) => Printable.Clip(release.Reason?.Text ?? "", 200);
}
