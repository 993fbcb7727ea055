using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>How the project came to need each package of its lockfile. One walk of the graph serves all questions.</summary>
internal sealed class LockPaths
{
    private readonly Project _project;
    private readonly LockGraph _graph;
    private readonly Dictionary<int, LockEdge> _arrivals;

    public LockPaths(Project project, LockGraph graph) => (_project, _graph, _arrivals) = (project, graph, Arrivals(graph));

    /// <summary>For each direct dependent of the package the shortest path from a root through it, by length.</summary>
    public List<List<LockEdge>> To(int package) =>
        [.. _graph.NeededBy(package)
            .Where(edge => edge.From != package && (_arrivals.ContainsKey(edge.From) || _graph.Roots.Contains(edge.From)))
            .Select(PathThrough)
            .OrderBy(path => path.Count)];

    /// <summary>A path with what each package asks for on it.</summary>
    /// <param name="constraints">Of edges from packages that are not the project's own.</param>
    public ImmutableArray<WhyStep> Steps(List<LockEdge> path, IReadOnlyDictionary<LockEdge, Constraint> constraints) =>
        [.. path.Select(edge =>
        {
            var own = _graph.Packages[edge.From].Source is PackageSource.Member member
                ? _project.Manifests.FirstOrDefault(manifest => manifest.Folder == member.Folder)
                : null;
            var dependency = own?.Manifest.Dependencies.FirstOrDefault(d => d.Group == edge.Group && d.LocalName == edge.LocalName);
            return new WhyStep(
                _graph.Packages[edge.From].Id, _graph.Packages[edge.To].Id, edge.LocalName, edge.Group,
                dependency?.Constraint ?? constraints.GetValueOrDefault(edge),
                dependency is null ? null : own!.Manifest.Places.GetValueOrDefault(new(edge.Group, edge.LocalName)));
        })];

    /// <summary>The edge by which a breadth-first walk from the roots first comes to each package.</summary>
    private static Dictionary<int, LockEdge> Arrivals(LockGraph graph)
    {
        var arrivals = new Dictionary<int, LockEdge>();
        var pending = new Queue<int>(graph.Roots);
        var seen = graph.Roots.ToHashSet();
        while (pending.TryDequeue(out var from))
        {
            foreach (var edge in graph.Needs(from))
            {
                if (seen.Add(edge.To))
                {
                    arrivals[edge.To] = edge;
                    pending.Enqueue(edge.To);
                }
            }
        }

        return arrivals;
    }

    private List<LockEdge> PathThrough(LockEdge last)
    {
        var path = new List<LockEdge> { last };
        while (!_graph.Roots.Contains(path[^1].From))
        {
            path.Add(_arrivals[path[^1].From]);
        }

        path.Reverse();
        return path;
    }
}
