using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

internal enum FeatureEntryKind
{
    /// <summary>`name`: another feature of the same package.</summary>
    Feature,

    /// <summary>`dep:name`: an optional dependency.</summary>
    Dependency,

    /// <summary>`dep/feature`: a feature of a dependency, which is turned on if it is optional.</summary>
    Of,

    /// <summary>`dep?/feature`: a feature of a dependency, if something else turns that on.</summary>
    OfIfOn,
}

/// <param name="Name">The feature, or the local name of the dependency.</param>
/// <param name="Feature">The dependency's feature; empty for the first two kinds.</param>
internal readonly record struct FeatureEntry(FeatureEntryKind Kind, string Name, string Feature);

/// <summary>
/// The feature table of one release, read. An optional dependency that no entry names with `dep:` is also a feature of
/// its own name, as in Cargo.
/// </summary>
internal sealed class FeatureGraph
{
    public const string Default = "default";

    private readonly Dictionary<string, ImmutableArray<FeatureEntry>> _features = new(StringComparer.Ordinal);

    private FeatureGraph(ImmutableArray<Dependency> dependencies) => Dependencies = dependencies;

    public ImmutableArray<Dependency> Dependencies { get; }

    public IEnumerable<string> Names => _features.Keys.Order(StringComparer.Ordinal);

    public static FeatureGraph Of(ImmutableArray<Dependency> dependencies, ImmutableSortedDictionary<string, ImmutableArray<string>> features)
    {
        var graph = new FeatureGraph(dependencies);
        HashSet<string>? hidden = null;
        foreach (var (name, entries) in features)
        {
            var read = ImmutableArray.CreateBuilder<FeatureEntry>(entries.Length);
            foreach (var text in entries)
            {
                var entry = Read(text);
                read.Add(entry);
                if (entry.Kind == FeatureEntryKind.Dependency)
                {
                    (hidden ??= new(StringComparer.Ordinal)).Add(entry.Name);
                }
            }

            graph._features[name] = read.MoveToImmutable();
        }

        foreach (var dependency in dependencies)
        {
            if (dependency.IsOptional && hidden?.Contains(dependency.LocalName) != true)
            {
                _ = graph._features.TryAdd(dependency.LocalName, [new(FeatureEntryKind.Dependency, dependency.LocalName, "")]);
            }
        }

        return graph;
    }

    public bool Has(string feature) => _features.ContainsKey(feature);

    /// <summary>What a feature turns on directly; nothing for one that does not exist.</summary>
    public ImmutableArray<FeatureEntry> Entries(string feature) => _features.GetValueOrDefault(feature, []);

    public bool IsOptional(string localName)
    {
        foreach (var dependency in Dependencies)
        {
            if (dependency.IsOptional && dependency.LocalName == localName)
            {
                return true;
            }
        }

        return false;
    }

    private static FeatureEntry Read(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        // A slash can also be part of a `namespace/name`; then the last one divides.
        slash = slash < 0 ? slash : text.LastIndexOf('/');
        return text.StartsWith("dep:", StringComparison.Ordinal) ? new(FeatureEntryKind.Dependency, text[4..], "")
            : slash < 0 ? new(FeatureEntryKind.Feature, text, "")
            : text[slash - 1 < 0 ? 0 : slash - 1] == '?' ? new(FeatureEntryKind.OfIfOn, text[..(slash - 1)], text[(slash + 1)..])
            : new(FeatureEntryKind.Of, text[..slash], text[(slash + 1)..]);
    }
}
