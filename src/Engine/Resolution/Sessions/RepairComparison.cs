using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>One package where two repairs lead to different versions of it. An empty list: it is not there.</summary>
public sealed record ComparedPackage(PackageName Name, ImmutableArray<SemanticVersion> First, ImmutableArray<SemanticVersion> Second, ImmutableArray<SemanticVersion> Before);

/// <summary>What one repair does that another does not.</summary>
/// <param name="OnlyFirst">Manifest edits of the first alone.</param>
/// <param name="Packages">Packages with different versions after the two, by name.</param>
public sealed record RepairComparison(
    ImmutableArray<ManifestEdit> OnlyFirst, ImmutableArray<ManifestEdit> OnlySecond, ImmutableArray<ComparedPackage> Packages)
{
    /// <param name="before">What is locked now.</param>
    public static RepairComparison Between(Repair first, Repair second, Lockfile? before)
    {
        var (a, b, old) = (Versions(first.Resolution.ToLockfile()), Versions(second.Resolution.ToLockfile()), Versions(before));
        return new(
            [.. first.Edits.Except(second.Edits)],
            [.. second.Edits.Except(first.Edits)],
            [.. from name in a.Select(versions => versions.Key).Union(b.Select(versions => versions.Key)).Order()
                let compared = new ComparedPackage(name, [.. a[name].Order()], [.. b[name].Order()], [.. old[name].Order()])
                where !compared.First.SequenceEqual(compared.Second)
                select compared]);
    }

    private static ILookup<PackageName, SemanticVersion> Versions(Lockfile? lockfile) =>
        (lockfile?.Packages ?? []).Where(package => package.Source is not PackageSource.Member).ToLookup(package => package.Id.Name, package => package.Id.Version);
}
