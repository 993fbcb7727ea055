using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>A manifest of the project being resolved: its root, or a member of its workspace.</summary>
/// <param name="File">As messages name it, for example `cairn.toml` or `tools/cairn.toml`.</param>
/// <param name="Folder">Relative to the project root, with `/`; `.` is the root itself.</param>
public sealed record ResolutionRoot(Manifest Manifest, string File, string Folder)
{
    /// <summary>Which of its own features are on.</summary>
    public FeatureSelection Features { get; init; } = FeatureSelection.Default;

    /// <summary>Which of its dependency tables count.</summary>
    public ImmutableArray<DependencyGroup> Groups { get; init; } =
        [DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev];
}

/// <summary>Features asked for by name, with or without `default`, or all there are.</summary>
public sealed record FeatureSelection(ImmutableArray<string> Names, bool UsesDefault = true, bool IsAll = false)
{
    public static FeatureSelection Default { get; } = new([]);

    public static FeatureSelection All { get; } = new([], IsAll: true);
}
