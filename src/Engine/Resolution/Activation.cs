using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>What a set of requested features turns on in one release: features, dependencies, and features of those.</summary>
internal sealed class Activation
{
    private readonly FeatureGraph _graph;
    private readonly SortedSet<string> _features = new(StringComparer.Ordinal);
    private readonly HashSet<string> _on = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _asked = new(StringComparer.Ordinal);

    private Activation(FeatureGraph graph) => _graph = graph;

    /// <summary>Sorted; those that exist only.</summary>
    public ImmutableArray<string> Features => [.. _features];

    /// <summary>The dependencies in use, in order, each with the features asked of it (`default` among them when it is).</summary>
    public IEnumerable<(Dependency Dependency, ImmutableArray<string> Features)> Dependencies =>
        from dependency in _graph.Dependencies
        where !dependency.IsOptional || _on.Contains(dependency.LocalName)
        select (dependency, Asked(dependency));

    public static Activation Of(FeatureGraph graph, IEnumerable<string> requested)
    {
        var activation = new Activation(graph);
        foreach (var feature in requested)
        {
            activation.TurnOn(feature);
        }

        return activation;
    }

    private ImmutableArray<string> Asked(Dependency dependency)
    {
        var features = new SortedSet<string>(dependency.Features, StringComparer.Ordinal);
        if (dependency.UsesDefaultFeatures)
        {
            features.Add(FeatureGraph.Default);
        }

        features.UnionWith(_asked.GetValueOrDefault(dependency.LocalName) ?? []);
        return [.. features];
    }

    private void TurnOn(string first)
    {
        var pending = new Stack<string>([first]);
        while (pending.TryPop(out var feature))
        {
            if (!_graph.Has(feature) || !_features.Add(feature))
            {
                continue;
            }

            foreach (var entry in _graph.Entries(feature))
            {
                switch (entry.Kind)
                {
                    case FeatureEntryKind.Feature:
                        pending.Push(entry.Name);
                        break;
                    case FeatureEntryKind.Dependency:
                        _on.Add(entry.Name);
                        break;
                    default:
                        TurnOn(entry, pending);
                        break;
                }
            }
        }
    }

    private void TurnOn(FeatureEntry entry, Stack<string> pending)
    {
        if (!_asked.TryGetValue(entry.Name, out var asked))
        {
            _asked[entry.Name] = asked = new(StringComparer.Ordinal);
        }

        asked.Add(entry.Feature);
        if (entry.Kind == FeatureEntryKind.Of && _graph.IsOptional(entry.Name))
        {
            _on.Add(entry.Name);
            pending.Push(entry.Name);
        }
    }
}
