using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// The versions that may replace each other: those that agree up to the leftmost part that is not zero (`1.x`, `0.3.x`,
/// `0.0.7`). Under <see cref="DuplicatesPolicy.Compatible"/> a resolution holds one version of each.
/// </summary>
internal readonly record struct CompatibleRange(int Major, int Minor, int Patch) : IComparable<CompatibleRange>
{
    public static CompatibleRange Of(SemanticVersion version) =>
        version.Major > 0 ? new(version.Major, -1, -1)
        : version.Minor > 0 ? new(0, version.Minor, -1)
        : new(0, 0, version.Patch);

    public int CompareTo(CompatibleRange other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => Minor < 0 ? $"{Major}" : Patch < 0 ? $"0.{Minor}" : $"0.0.{Patch}";
}
