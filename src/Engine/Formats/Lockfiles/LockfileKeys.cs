using Registry.Engine.Model;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>The edge lists of an entry, in the order they are written.</summary>
internal static class LockfileKeys
{
    public static IReadOnlyList<(string Key, DependencyGroup Group)> Edges { get; } =
    [
        ("dependencies", DependencyGroup.Normal),
        ("build-dependencies", DependencyGroup.Build),
        ("dev-dependencies", DependencyGroup.Dev),
    ];
}
