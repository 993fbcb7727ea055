using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// Walks the likely answer (locked or newest releases) as far as metadata reaches and says what is lacking. It only
/// saves round trips; the solver asks for whatever else it needs.
/// </summary>
internal sealed class Outlook(ResolutionRequest request, Supplies supplies)
{
    private const int VisitsMax = 50_000;

    private readonly Dictionary<PackageKey, HashSet<string>> _seen = [];
    private readonly Queue<(PackageKey Key, Constraint Constraint, ImmutableArray<string> Features)> _waiting = new();
    private readonly ILookup<PackageName, LockedPackage> _locked =
        (request.Unlocking is Unlocking.Everything ? [] : request.Locked?.Packages ?? []).ToLookup(p => p.Id.Name);
    private readonly HashSet<PackageName> _members = [.. request.Roots.Where(r => r.Manifest.Package is not null).Select(r => r.Manifest.Package!.Name)];

    private int _visits;
    private bool _started;

    /// <summary>Keys to ask for next; empty when the likely answer is known in full.</summary>
    public ImmutableArray<PackageKey> Lacking()
    {
        var lacking = new List<PackageKey>();
        if (!_started)
        {
            _started = true;
            Start();
        }

        for (var left = _waiting.Count; left > 0 && _visits < VisitsMax; left--)
        {
            var next = _waiting.Dequeue();
            if (supplies.TryGet(next.Key, out var supplied))
            {
                left += Visit(supplied, next.Constraint, next.Features);
            }
            else if (supplies.Missing(next.Key) is null)
            {
                lacking.Add(next.Key);
                _waiting.Enqueue(next);
            }
        }

        return [.. lacking.Distinct()];
    }

    private void Start()
    {
        foreach (var root in request.Roots)
        {
            foreach (var (dependency, features) in RootActivation.Of(root, request.Options).Dependencies)
            {
                _ = Enqueue(dependency, features, root.Folder);
            }
        }
    }

    /// <returns>How many more wait now.</returns>
    private int Visit(SuppliedPackage supplied, Constraint constraint, ImmutableArray<string> features)
    {
        _visits++;
        if (Likely(supplied, constraint) is not { } release)
        {
            return 0;
        }

        var dependencies = release.Dependencies.Where(d => d.Group != DependencyGroup.Dev
            && !RootActivation.IsExcluded(request.Options, supplied.Key.Name, d.Name));
        var added = 0;
        foreach (var (dependency, asked) in Activation.Of(FeatureGraph.Of([.. dependencies], release.Features), features).Dependencies)
        {
            added += Enqueue(dependency, asked, ".");
        }

        return added;
    }

    private int Enqueue(Dependency dependency, ImmutableArray<string> features, string folder)
    {
        var replaced = request.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name);
        var origin = replaced?.Origin ?? dependency.Origin;
        if (origin is DependencyOrigin.Path path)
        {
            origin = new DependencyOrigin.Path(ProjectPath.Combine(replaced is null ? folder : ".", path.Folder));
        }

        if (IsMember(dependency.Name, origin))
        {
            return 0;
        }

        var key = new PackageKey(dependency.Name, origin);
        var isNew = !_seen.TryGetValue(key, out var seen);
        if (isNew)
        {
            _seen[key] = seen = new(StringComparer.Ordinal);
        }

        var before = seen!.Count;
        seen.UnionWith(features);
        if (!isNew && seen.Count == before)
        {
            return 0;
        }

        _waiting.Enqueue((key, replaced?.Constraint ?? dependency.Constraint, features));
        return 1;
    }

    private bool IsMember(PackageName name, DependencyOrigin origin) => origin switch
    {
        DependencyOrigin.Member => true,
        DependencyOrigin.Path path => request.Roots.Any(root => root.Folder == path.Folder),
        DependencyOrigin.Feed { Registry: null } => _members.Contains(name),
        _ => false,
    };

    private Release? Likely(SuppliedPackage supplied, Constraint constraint)
    {
        Release? best = null;
        foreach (var release in supplied.Index.Releases)
        {
            if (!constraint.AdmitsWithPrereleases(release.Id.Version) || release.Status != ReleaseStatus.Ok
                || (request.Options.AsOf is { } asOf && release.Published > asOf))
            {
                continue;
            }

            if (_locked[supplied.Key.Name].Any(locked => locked.Id.Version == release.Id.Version))
            {
                return release;
            }

            var isBetter = best is null || (best.Id.Version.IsPrerelease && !release.Id.Version.IsPrerelease)
                || (request.Options.Strategy == VersionStrategy.Newest && best.Id.Version.IsPrerelease == release.Id.Version.IsPrerelease);
            best = isBetter ? release : best;
        }

        return best;
    }
}
