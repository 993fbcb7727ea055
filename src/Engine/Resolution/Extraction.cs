using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;

namespace Registry.Engine.Resolution;

/// <summary>
/// Reads the answer out of an assignment: from the roots along the lines in use, so that nothing is in it that nothing
/// asks for, and features are on only because something turns them on.
/// </summary>
internal sealed class Extraction
{
    private readonly ResolutionRequest _request;
    private readonly FactBook _lowering;
    private readonly Assignment _assignment;
    private readonly Dictionary<VersionsNode, SortedSet<string>> _features = [];
    private readonly Queue<VersionsNode> _pending = new();

    private Extraction(ResolutionRequest request, FactBook lowering, Assignment assignment) =>
        (_request, _lowering, _assignment) = (request, lowering, assignment);

    public static Resolution Of(ResolutionRequest request, FactBook lowering, Assignment assignment)
    {
        var extraction = new Extraction(request, lowering, assignment);
        extraction.Walk();
        return extraction.Build();
    }

    private void Walk()
    {
        foreach (var root in _lowering.Roots)
        {
            Reach(root, RootActivation.Requested(root.Table.Root!, Graph(root)));
        }

        while (_pending.TryDequeue(out var node))
        {
            foreach (var (dependency, features) in Active(node).Dependencies)
            {
                Reach(Target(node, dependency), features);
            }
        }
    }

    private void Reach(VersionsNode node, IEnumerable<string> features)
    {
        var isNew = !_features.TryGetValue(node, out var known);
        if (isNew)
        {
            _features[node] = known = new(StringComparer.Ordinal);
        }

        var before = known!.Count;
        known.UnionWith(features);
        if (isNew || known.Count > before)
        {
            _pending.Enqueue(node);
        }
    }

    private Release Chosen(VersionsNode node) => node.Releases[_assignment.Of(node)];

    private FeatureGraph Graph(VersionsNode node) => node.Table.Graph(Chosen(node), _request.Options);

    private Activation Active(VersionsNode node) => Activation.Of(Graph(node), _features[node]);

    private VersionsNode Target(VersionsNode node, Dependency dependency)
    {
        var line = node.Lines[LineKey.Of(dependency)];
        return line.Choice is { } choice ? choice.Choices[_assignment.Of(choice)].Node : line.Target!;
    }

    private Resolution Build()
    {
        var packages = _features.Keys
            .Where(node => node.Table.Root is null || node.Table.Root.Manifest.Package is not null)
            .Select(Package)
            .OrderBy(package => package.Id.Name).ThenBy(package => package.Id.Version)
            .ThenBy(package => package.Source.ToString(), StringComparer.Ordinal);
        return new(_request.Roots[0].Manifest.DisplayName, [.. packages]) { Settings = LockSettings.Of(_request.Roots, _request.Options) };
    }

    private ResolvedPackage Package(VersionsNode node)
    {
        var active = Active(node);
        var edges = active.Dependencies
            .Select(d => new LockedDependency(d.Dependency.LocalName, Chosen(Target(node, d.Dependency)).Id, d.Dependency.Group))
            .Distinct()
            .OrderBy(edge => edge.Group).ThenBy(edge => edge.LocalName, StringComparer.Ordinal);
        return new(Chosen(node), node.Table.Source, active.Features, [.. edges]);
    }
}
