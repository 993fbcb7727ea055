using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Model;

/// <summary>Few versions, close together, so that ranges meet, touch and miss.</summary>
internal static class VersionGen
{
    public static Gen<SemanticVersion> Versions { get; } =
        from major in Gen.Choose(0, 2)
        from minor in Gen.Choose(0, 2)
        from patch in Gen.Choose(0, 2)
        from label in Gen.Elements("", "", "-0", "-alpha", "-alpha.1", "-rc.1")
        select SemanticVersion.Parse($"{major}.{minor}.{patch}{label}");

    public static Gen<VersionSet> Sets { get; } =
        from intervals in Gen.ListOf(Gen.Two(Gen.Two(Bounds)))
        select intervals.Take(4).Aggregate(VersionSet.Empty, (set, pair) =>
            set.Union(VersionSet.Between(pair.Item1.Item1, pair.Item1.Item2)));

    private static Gen<VersionBound> Bounds => Gen.Frequency(
        (1, Gen.Constant(VersionBound.None)),
        (5, from version in Versions from isInclusive in Gen.Elements(true, false) select new VersionBound(version, isInclusive)));

    /// <summary>Every version the generator can make.</summary>
    public static IReadOnlyList<SemanticVersion> All { get; } =
    [
        .. from major in Enumerable.Range(0, 4)
           from minor in Enumerable.Range(0, 4)
           from patch in Enumerable.Range(0, 4)
           from label in new[] { "", "-0", "-alpha", "-alpha.1", "-rc.1" }
           select SemanticVersion.Parse($"{major}.{minor}.{patch}{label}"),
    ];
}
