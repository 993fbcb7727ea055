using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A wish that protects nothing, because what it names is not there: a slip of the fingers, most of the time.</summary>
/// <param name="Known">What it could have named: lines, or packages; empty for a date.</param>
public sealed record IdleWish(Wish Wish, ImmutableArray<string> Known)
{
    /// <summary>What is worth saying about it beside an answer.</summary>
    public Problem Warning => new(
        ProblemCode.PackageNotFound, $"`{WishText.Flag(Wish)}{(WishText.Value(Wish) is { } value ? $" {Printable.Clip(value, 80)}" : "")}` says nothing about this project: nothing in it has that name",
        "see how the name is written with `cairn tree`");

    /// <param name="manifests">As they are, and as edits leave them.</param>
    /// <param name="looked">The packages whose releases were read.</param>
    internal static ImmutableArray<IdleWish> Of(
        ImmutableArray<Wish> wishes, ImmutableArray<ProjectManifest> manifests, Lockfile? locked, IEnumerable<PackageName> looked, DateTimeOffset? asOf)
    {
        if (wishes.IsEmpty)
        {
            return [];
        }

        var packages = manifests.SelectMany(manifest => manifest.Manifest.Dependencies).Select(dependency => dependency.Name)
            .Concat(manifests.SelectMany(manifest => manifest.Manifest.Resolution.Overrides).Select(forced => forced.Name))
            .Concat(locked?.Packages.Select(package => package.Id.Name) ?? []).Concat(looked).ToHashSet();
        return [.. wishes.Select(wish => Of(wish, packages, manifests, asOf)).OfType<IdleWish>()];
    }

    private static IdleWish? Of(Wish wish, HashSet<PackageName> packages, ImmutableArray<ProjectManifest> manifests, DateTimeOffset? asOf) => wish switch
    {
        Wish.KeepLine line => manifests.Any(manifest => manifest.File == line.File
            && manifest.Manifest.Dependencies.Any(dependency => dependency.Group == line.Group && dependency.LocalName == line.LocalName))
            ? null : new(line, LinesOf(manifests)),
        Wish.KeepAsOf => asOf is null ? new(wish, []) : null,
        _ => NameOf(wish) is { } name && !packages.Contains(name) ? new(wish, [.. packages.Select(package => package.Value).Order(StringComparer.Ordinal)]) : null,
    };

    private static ImmutableArray<string> LinesOf(ImmutableArray<ProjectManifest> manifests) =>
        [.. manifests.SelectMany(manifest => manifest.Manifest.Dependencies.Select(dependency => WishText.Value(new Wish.KeepLine(manifest.File, dependency.Group, dependency.LocalName))!)).Distinct()];

    private static PackageName? NameOf(Wish wish) => wish switch
    {
        Wish.Keep keep => keep.Name,
        Wish.Never never => never.Name,
        Wish.NeverPrereleases never => never.Name,
        Wish.NeverCopies never => never.Name,
        Wish.NeverOverride never => never.Name,
        _ => null,
    };
}
