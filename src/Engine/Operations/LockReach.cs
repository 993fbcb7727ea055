using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>
/// For what each package of a lockfile is used: a package that ships with the project weighs more than one that only its
/// tests run. Normal where plain dependencies alone lead to it, build where one for building is on every such way, else dev.
/// </summary>
internal sealed class LockReach
{
    private readonly DependencyGroup?[] _groups;
    private readonly HashSet<int> _direct;

    public LockReach(LockGraph graph)
    {
        _groups = new DependencyGroup?[graph.Packages.Length];
        _direct = [.. graph.Roots.SelectMany(root => graph.Needs(root)).Select(edge => edge.To)];
        foreach (var group in (DependencyGroup[])[DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev])
        {
            Walk(graph, group);
        }
    }

    /// <returns>Null for what nothing leads to, such as the project itself.</returns>
    public DependencyGroup? Group(int package) => _groups[package];

    /// <summary>Whether a manifest of the project names it.</summary>
    public bool IsDirect(int package) => _direct.Contains(package);

    /// <summary>Marks what is reached by edges of this group and of those that weigh more.</summary>
    private void Walk(LockGraph graph, DependencyGroup group)
    {
        var pending = new Queue<int>(graph.Roots);
        var seen = graph.Roots.ToHashSet();
        while (pending.TryDequeue(out var from))
        {
            foreach (var edge in graph.Needs(from).Where(edge => Weight(edge.Group) <= Weight(group) && seen.Add(edge.To)))
            {
                _groups[edge.To] ??= group;
                pending.Enqueue(edge.To);
            }
        }
    }

    private static int Weight(DependencyGroup group) => group switch
    {
        DependencyGroup.Normal => 0,
        DependencyGroup.Build => 1,
        _ => 2,
    };
}
