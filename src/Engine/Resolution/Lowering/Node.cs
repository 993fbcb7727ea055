using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>A package as the solver sees it. Only <see cref="VersionsNode"/> stands for something that can be installed.</summary>
internal abstract class Node
{
    public int Id { get; set; }

    /// <summary>How many ordinals the solver has for it.</summary>
    public abstract int Count { get; }

    public OrdinalSet All => OrdinalSet.Range(0, Count);
}

/// <summary>The whole project: one ordinal that needs every root.</summary>
internal sealed class ProjectNode : Node
{
    public override int Count => 1;
}

/// <summary>The releases of a package that exclude each other: all of them, or those of one compatible range.</summary>
internal sealed class VersionsNode(PackageTable table, CompatibleRange? range, int first, ImmutableArray<Release> releases) : Node
{
    private ImmutableArray<(FeatureGraph Graph, OrdinalSet Versions)> _graphs;

    public PackageTable Table { get; } = table;

    public CompatibleRange? Range { get; } = range;

    /// <summary>Index of its first release in the table; the versions of a compatible range stand together.</summary>
    public int First { get; } = first;

    public ImmutableArray<Release> Releases { get; } = releases;

    public OrdinalSet Prereleases { get; } =
        OrdinalSet.FromOrdinals(Enumerable.Range(0, releases.Length).Where(i => releases[i].Id.Version.IsPrerelease));

    /// <summary>By feature, by dependency, by weak entry: the nodes whose ordinals are tied to this one's.</summary>
    public Dictionary<string, TiedNode> Tied { get; } = new(StringComparer.Ordinal);

    /// <summary>What each dependency line was lowered to, whichever node it was asked from.</summary>
    public Dictionary<LineKey, Line> Lines { get; } = [];

    public override int Count => Releases.Length;

    public PackageName Name => Table.Name;

    /// <summary>The different feature and dependency tables, each with the ordinals that have it. Many releases share one.</summary>
    public ImmutableArray<(FeatureGraph Graph, OrdinalSet Versions)> Graphs(ResolutionTable options)
    {
        if (_graphs.IsDefault)
        {
            var order = new List<FeatureGraph>();
            var ordinals = new Dictionary<FeatureGraph, List<int>>();
            for (var i = 0; i < Count; i++)
            {
                var graph = Table.Graph(Releases[i], options);
                if (!ordinals.TryGetValue(graph, out var having))
                {
                    ordinals[graph] = having = [];
                    order.Add(graph);
                }

                having.Add(i);
            }

            _graphs = [.. order.Select(graph => (graph, OrdinalSet.FromOrdinals(ordinals[graph])))];
        }

        return _graphs;
    }

    public override string ToString() => Range is { } range ? $"{Name}@{range}" : Name.Value;
}

/// <summary>Something that is on in the chosen release of <paramref name="owner"/>: same ordinals, always the same one chosen.</summary>
internal abstract class TiedNode(VersionsNode owner) : Node
{
    public VersionsNode Owner { get; } = owner;

    public override int Count => Owner.Count;
}

internal sealed class FeatureNode(VersionsNode owner, string feature) : TiedNode(owner)
{
    public string Feature { get; } = feature;
}

/// <summary>An optional dependency that is on.</summary>
internal sealed class OptionalNode(VersionsNode owner, string localName) : TiedNode(owner)
{
    public string LocalName { get; } = localName;
}

/// <summary>A feature of a dependency that is asked for because both the feature and the dependency are on.</summary>
internal sealed class WeakNode(VersionsNode owner, string localName, string feature) : TiedNode(owner)
{
    public string LocalName { get; } = localName;

    public string Feature { get; } = feature;
}

/// <summary>A requirement that fits several compatible ranges: its ordinals are the ranges, ascending.</summary>
internal sealed class ChoiceNode(Line line, ImmutableArray<(VersionsNode Node, OrdinalSet Allowed)> choices) : Node
{
    public Line Line { get; } = line;

    public ImmutableArray<(VersionsNode Node, OrdinalSet Allowed)> Choices { get; } = choices;

    public Dictionary<string, ChoiceFeatureNode> Features { get; } = new(StringComparer.Ordinal);

    public override int Count => Choices.Length;
}

/// <summary>A feature asked of whatever range a <see cref="ChoiceNode"/> comes to.</summary>
internal sealed class ChoiceFeatureNode(ChoiceNode choice, string feature) : Node
{
    public ChoiceNode Choice { get; } = choice;

    public string Feature { get; } = feature;

    public override int Count => Choice.Count;
}

/// <summary>What makes two dependency lines of different releases of a package the same line.</summary>
internal readonly record struct LineKey(
    string LocalName, PackageName Name, string Constraint, DependencyGroup Group, DependencyOrigin Origin,
    bool IsOptional, bool UsesDefaultFeatures, string Features)
{
    public static LineKey Of(Dependency d) => new(
        d.LocalName, d.Name, d.Constraint.Text, d.Group, d.Origin, d.IsOptional, d.UsesDefaultFeatures,
        d.Features.IsEmpty ? "" : string.Join(' ', d.Features));
}
