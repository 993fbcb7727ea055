using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>All releases of one package from one source, ascending, each version once.</summary>
internal sealed class PackageTable
{
    private readonly Dictionary<(object, object), FeatureGraph> _graphs = [];
    private ImmutableArray<Exclusion> _exclusions = [];

    public PackageTable(PackageName name, PackageSource source, ImmutableArray<Release> releases)
    {
        (Name, Source) = (name, source);
        Releases = IsAscending(releases)
            ? releases
            : [.. releases.DistinctBy(r => r.Id.Version).OrderBy(r => r.Id.Version)];
    }

    public PackageName Name { get; }

    public PackageSource Source { get; }

    public ImmutableArray<Release> Releases { get; }

    /// <summary>Set for a project's own manifest.</summary>
    public ResolutionRoot? Root { get; init; }

    /// <summary>The features of a release, read once for all releases that share their tables.</summary>
    public FeatureGraph Graph(Release release, ResolutionTable options)
    {
        if (_exclusions != options.Exclusions)
        {
            _graphs.Clear();
            _exclusions = options.Exclusions;
        }

        var key = ((object)System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(release.Dependencies)!, (object)release.Features);
        if (!_graphs.TryGetValue(key, out var graph))
        {
            var dependencies = release.Dependencies
                .Where(d => (Root is not null || d.Group != DependencyGroup.Dev)
                    && !RootActivation.IsExcluded(options, Name, d.Name));
            _graphs[key] = graph = FeatureGraph.Of([.. dependencies], release.Features);
        }

        return graph;
    }

    private static bool IsAscending(ImmutableArray<Release> releases)
    {
        for (var i = 1; i < releases.Length; i++)
        {
            if (releases[i - 1].Id.Version.CompareTo(releases[i].Id.Version) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
