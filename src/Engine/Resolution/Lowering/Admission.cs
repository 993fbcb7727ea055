using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>Which releases of a table a requirement admits, and which of them may be chosen at all.</summary>
internal sealed class Admission
{
    private readonly ResolutionRequest _request;
    private readonly HashSet<PackageName> _prereleases;
    private readonly HashSet<PackageName> _unlocked;
    private readonly ILookup<PackageName, LockedPackage> _locked;
    private readonly Dictionary<(PackageTable, string, PrereleaseUse), OrdinalSet> _admitted = [];

    /// <param name="authorised">Names whose pre-releases turned out to be needed.</param>
    public Admission(ResolutionRequest request, IEnumerable<PackageName> authorised)
    {
        _request = request;
        _prereleases = [.. request.Options.PrereleaseNames];
        Authorised = [.. authorised];
        _unlocked = request.Unlocking is Unlocking.Only only ? [.. only.Names] : [];
        _locked = (request.Unlocking is Unlocking.Everything ? [] : request.Locked?.Packages ?? []).ToLookup(p => p.Id.Name);
    }

    public HashSet<PackageName> Authorised { get; }

    /// <summary>Whether pre-releases of a package may be allowed because they turn out to be needed.</summary>
    public bool CanAuthorise => _request.Options.Prereleases == PrereleasePolicy.IfNeeded;

    /// <summary>Whether pre-releases of the package compete with its other releases as equals.</summary>
    public bool AllowsPrereleases(PackageName name) =>
        _request.Options.Prereleases == PrereleasePolicy.Allow || _prereleases.Contains(name);

    /// <summary>Whether the user asked for this name to move.</summary>
    public bool IsUnlocked(PackageName name) => _unlocked.Contains(name);

    /// <summary>What the lockfile has of a package from this source, unless it was let go.</summary>
    public IEnumerable<LockedPackage> Locked(PackageTable table) =>
        _unlocked.Contains(table.Name) ? [] : _locked[table.Name].Where(package => package.Source == table.Source);

    public bool IsLocked(PackageTable table, SemanticVersion version)
    {
        foreach (var locked in Locked(table))
        {
            if (locked.Id.Version == version)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why a release may not be chosen; null when it may.</summary>
    public (UnavailableReason Reason, string? Engine, Constraint? Needs)? Unavailable(PackageTable table, Release release)
    {
        if (release.Published is { } published && _request.Options.AsOf is { } asOf && published > asOf)
        {
            return (UnavailableReason.TooNew, null, null);
        }

        return release.Status switch
        {
            ReleaseStatus.Quarantined => (UnavailableReason.Quarantined, null, null),
            ReleaseStatus.Revoked => (UnavailableReason.Revoked, null, null),
            ReleaseStatus.Yanked when !IsLocked(table, release.Id.Version) && !_request.AcceptedYanked.Contains(release.Id) =>
                (UnavailableReason.Yanked, null, null),
            _ => Engine(release),
        };
    }

    /// <summary>Indexes of the releases that satisfy a requirement, whether or not they are available.</summary>
    public OrdinalSet Admitted(PackageTable table, Constraint constraint, PrereleaseUse prereleases)
    {
        var key = (table, constraint.Text, prereleases);
        if (!_admitted.TryGetValue(key, out var admitted))
        {
            _admitted[key] = admitted = Find(table, constraint, prereleases);
        }

        return admitted;
    }

    private OrdinalSet Find(PackageTable table, Constraint constraint, PrereleaseUse prereleases)
    {
        var wide = prereleases != PrereleaseUse.AsAllowed || AllowsPrereleases(table.Name) || Authorised.Contains(table.Name) || table.Source is not PackageSource.Feed
            || (_request.Options.Prereleases == PrereleasePolicy.IfNeeded && !HasStable(table, constraint));
        return OrdinalSet.FromOrdinals(
            Enumerable.Range(0, table.Releases.Length).Where(i =>
                Admits(table, constraint, table.Releases[i].Id.Version, wide) && (prereleases != PrereleaseUse.Only || IsUpcoming(table, i))));
    }

    /// <summary>Whether it is a pre-release that no release of its compatible range has come after.</summary>
    private static bool IsUpcoming(PackageTable table, int index)
    {
        var version = table.Releases[index].Id.Version;
        return version.IsPrerelease && !table.Releases.Skip(index + 1).Select(release => release.Id.Version)
            .Any(later => !later.IsPrerelease && CompatibleRange.Of(later) == CompatibleRange.Of(version));
    }

    private bool Admits(PackageTable table, Constraint constraint, SemanticVersion version, bool wide) =>
        wide ? constraint.AdmitsWithPrereleases(version)
            : constraint.Admits(version)
                || (version.IsPrerelease && _request.Options.Prereleases != PrereleasePolicy.Never
                    && IsLocked(table, version) && constraint.AdmitsWithPrereleases(version));

    private bool HasStable(PackageTable table, Constraint constraint)
    {
        for (var i = table.Releases.Length - 1; i >= 0; i--)
        {
            if (constraint.Admits(table.Releases[i].Id.Version) && Unavailable(table, table.Releases[i]) is null)
            {
                return true;
            }
        }

        return false;
    }

    private (UnavailableReason, string?, Constraint?)? Engine(Release release)
    {
        if (_request.Engines.IsEmpty)
        {
            return null;
        }

        foreach (var (name, needs) in release.Engines)
        {
            if (_request.Engines.TryGetValue(name, out var have) && !needs.AdmitsWithPrereleases(have))
            {
                return (UnavailableReason.Engine, name, needs);
            }
        }

        return null;
    }
}

/// <summary>How a dependency line takes pre-releases; only a repair that is tried makes a difference here.</summary>
internal enum PrereleaseUse
{
    /// <summary>As the constraint and the options have it.</summary>
    AsAllowed,

    /// <summary>As if they were other releases.</summary>
    Also,

    /// <summary>Nothing but pre-releases of what is still to come.</summary>
    Only,
}
