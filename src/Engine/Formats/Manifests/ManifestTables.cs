using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>The names of the manifest's tables and words.</summary>
internal static class ManifestTables
{
    /// <summary>The order in which new tables are put among those that are there.</summary>
    public static ImmutableArray<string> Order { get; } =
    [
        "package", "workspace", "dependencies", "build-dependencies", "dev-dependencies", "features", "registries",
        "resolution", "install", "profile", "chaos-profile", "security", "scripts", "capabilities",
    ];

    public static ImmutableSortedDictionary<string, LinkMode> LinkWords { get; } =
        new Dictionary<string, LinkMode> { ["files"] = LinkMode.Files, ["packages"] = LinkMode.Packages, ["copy"] = LinkMode.Copy }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static string Of(DependencyGroup group) => group switch
    {
        DependencyGroup.Normal => "dependencies",
        DependencyGroup.Build => "build-dependencies",
        _ => "dev-dependencies",
    };
}
