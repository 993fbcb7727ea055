using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Operations;

/// <summary>One edit of each kind and more, for drafts.</summary>
internal static class DraftSamples
{
    private static readonly PackageName name = PackageName.Parse("http");

    private static readonly Constraint caret = Constraint.Parse("^1 || =3.0.0");

    private static readonly ImmutableArray<DependencyOrigin> origins =
    [
        DependencyOrigin.Feed.Routed, new DependencyOrigin.Feed("main"), new DependencyOrigin.Path("../log"), new DependencyOrigin.Member(),
        new DependencyOrigin.Git("https://example.org/log.git", GitReference.Default),
        .. Enum.GetValues<GitReferenceKind>().Where(kind => kind != GitReferenceKind.DefaultBranch)
            .Select(kind => new DependencyOrigin.Git("https://example.org/log.git", new(kind, "v1"))),
    ];

    private static readonly ImmutableArray<ManifestEdit> writes =
    [
        new ManifestEdit.ChangeConstraint("cairn.toml", DependencyGroup.Dev, "h", name, caret, Constraint.Any),
        new ManifestEdit.RemoveDependency("a/cairn.toml", DependencyGroup.Normal, "h", name),
        new ManifestEdit.RenameDependency("cairn.toml", DependencyGroup.Build, "h", name, PackageName.Parse("https")),
        new ManifestEdit.ChangeOrigin("cairn.toml", DependencyGroup.Normal, "h", name, origins[2], origins[4]),
        new ManifestEdit.RemoveFeature("cairn.toml", DependencyGroup.Normal, "h", name, "fast"),
        new ManifestEdit.AddOverride("cairn.toml", name, caret, origins[1]) { Reason = "works" },
        new ManifestEdit.RemoveOverride("cairn.toml", name),
        new ManifestEdit.AllowPrerelease("cairn.toml", name),
        new ManifestEdit.SetDuplicates("cairn.toml", DuplicatesPolicy.Compatible),
        new ManifestEdit.RemoveAsOf("cairn.toml", new(2026, 3, 4, 5, 6, 7, 8, TimeSpan.Zero)),
    ];

    public static ImmutableArray<ProjectEdit> Edits { get; } =
    [
        .. origins.Select(origin => new ProjectEdit.Add(name, caret, DependencyGroup.Dev, origin) { Alias = "l", IsOptional = true, UsesDefaultFeatures = false, Features = ["x", "y"] }),
        new ProjectEdit.Add(name, null, DependencyGroup.Normal, DependencyOrigin.Feed.Routed),
        new ProjectEdit.Remove("web", null),
        new ProjectEdit.Remove("web", DependencyGroup.Build),
        new ProjectEdit.Constrain(DependencyGroup.Normal, "web", caret),
        new ProjectEdit.Update(null),
        new ProjectEdit.Update(name, new(1, 2, 3)),
        new ProjectEdit.Update(name, null, UpdateReach.Latest),
        new ProjectEdit.Override(name, caret, "works"),
        new ProjectEdit.Override(name, caret, null),
        new ProjectEdit.RemoveOverride(name),
        new ProjectEdit.Duplicates(DuplicatesPolicy.Compatible),
        new ProjectEdit.AllowPrereleases(name),
        new ProjectEdit.SetVersion(name, SemanticVersion.Parse("2.0.0-rc.1+b5")),
        new ProjectEdit.SetVersion(null, new(1, 0, 0)),
        new ProjectEdit.LeaveOut(name, "/a\\ b"),
        new ProjectEdit.LeaveOut(null, "*.log"),
        new ProjectEdit.Fix(
            ["CAIRN-1", "CAIRN-2"],
            [
                new Wish.Never(name, VersionSet.Below(new(2, 0, 0)).Union(VersionSet.Only(new(3, 0, 0))), "flawed"),
                new Wish.Never(name, VersionSet.Below(SemanticVersion.Parse("2.0.0-0"))), new Wish.Never(name, VersionSet.All), new Wish.Never(name, VersionSet.Empty),
            ],
            [.. writes.OfType<ManifestEdit.ChangeConstraint>()]),
        new ProjectEdit.AcceptRisk("CAIRN-1", "not reached", new(2027, 1, 2), name),
        new ProjectEdit.ApplyRepair(new("r1", RepairRisk.GiveUp, "do it", "", writes, [new(name, new(1, 0, 0))], new("", []), new([]))),
    ];

    /// <summary>Kinds of a family that the samples hold somewhere.</summary>
    public static IEnumerable<Type> Within(Type family) =>
        Edits.Cast<object>().Concat(writes).Concat(origins).Where(family.IsInstanceOfType).Select(value => value.GetType()).Distinct();

    /// <summary>Everything a value says, also where its own text leaves things out.</summary>
    public static string Shape(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IFormattable plain => plain.ToString(plain is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        PackageName or SemanticVersion => value.ToString()!,
        IEnumerable all => $"[{string.Join(", ", all.Cast<object?>().Select(Shape))}]",
        Engine.Resolution.Resolution or LockDifference => "",
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsStatic: false }).Select(property => $"{property.Name}={Shape(property.GetValue(value))}"))})",
    };
}
