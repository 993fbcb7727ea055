using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Resolution;

/// <summary>
/// Resolves one request. Call <see cref="Step"/>; when it needs packages, supply them in any order and step again,
/// until it is solved, unsolvable or undecided. Does no I/O and keeps no time: the answer depends only on the request and
/// on what is supplied.
/// </summary>
public sealed class Resolver(ResolutionRequest request)
{
    private readonly Supplies _supplies = new();

    public ResolutionRequest Request => request;

    public ResolverStep Step()
    {
        var direct = request.Roots
            .SelectMany(root => root.Manifest.Dependencies)
            .Where(dependency => dependency.Origin is not DependencyOrigin.Member)
            .Select(dependency => new PackageKey(dependency.Name, dependency.Origin))
            .Where(key => !_supplies.Has(key))
            .Distinct()
            .ToImmutableArray();
        return direct.IsEmpty ? new ResolverStep.Undecided(0) : new ResolverStep.NeedsPackages(direct);
    }

    /// <summary>Metadata for a key that was asked for; more than was asked for does no harm.</summary>
    public void Supply(SuppliedPackage package) => _supplies.Add(package);

    /// <summary>The key has no metadata: it does not exist, or cannot be had now. The reason becomes part of the explanation.</summary>
    public void SupplyMissing(PackageKey key, Problem reason) => _supplies.AddMissing(key, reason);

    /// <summary>Looks for changes that would make an unsolvable request solvable, with what was supplied so far.</summary>
    public RepairFinder FindRepairs() => new(request, _supplies);
}
