using System.Collections.Immutable;

namespace Registry.Engine.Model;

/// <summary>What happened to one package between two lockfiles.</summary>
public enum LockChangeKind
{
    Added,
    Removed,
    Upgraded,
    Downgraded,

    /// <summary>Same version; its source, checksum, features or edges differ.</summary>
    Altered,
}

/// <summary>One line of a lock difference. <paramref name="Old"/> is null for an addition, <paramref name="New"/> for a removal.</summary>
public sealed record LockChange(LockChangeKind Kind, LockedPackage? Old, LockedPackage? New)
{
    public PackageName Name => (New ?? Old)!.Id.Name;
}

/// <summary>
/// The difference between two lockfiles, by name. When both hold one version of a name it is one change of that package;
/// with several versions, those in both are compared and the rest pair up from the lowest.
/// </summary>
public sealed record LockDifference(ImmutableArray<LockChange> Changes)
{
    public static LockDifference None { get; } = new([]);

    public bool IsEmpty => Changes.IsEmpty;

    /// <param name="old">Null where there was no lockfile.</param>
    public static LockDifference Between(Lockfile? old, Lockfile? @new)
    {
        var changes = ImmutableArray.CreateBuilder<LockChange>();
        var before = ByName(old);
        var after = ByName(@new);
        foreach (var name in before.Keys.Union(after.Keys).Order())
        {
            Compare(before.GetValueOrDefault(name, []), after.GetValueOrDefault(name, []), changes);
        }

        return new(changes.ToImmutable());
    }

    private static Dictionary<PackageName, List<LockedPackage>> ByName(Lockfile? lockfile)
    {
        var packages = new Dictionary<PackageName, List<LockedPackage>>();
        foreach (var package in lockfile?.Packages ?? [])
        {
            if (package.Source is PackageSource.Member)
            {
                continue;
            }

            if (!packages.TryGetValue(package.Id.Name, out var versions))
            {
                packages.Add(package.Id.Name, versions = []);
            }

            versions.Add(package);
        }

        return packages;
    }

    private static void Compare(List<LockedPackage> old, List<LockedPackage> @new, ImmutableArray<LockChange>.Builder changes)
    {
        var left = old.Where(o => @new.All(n => n.Id != o.Id)).OrderBy(p => p.Id.Version).ToList();
        var right = @new.Where(n => old.All(o => o.Id != n.Id)).OrderBy(p => p.Id.Version).ToList();
        foreach (var package in @new)
        {
            if (old.Find(o => o.Id == package.Id) is { } same && !IsSame(same, package))
            {
                changes.Add(new(LockChangeKind.Altered, same, package));
            }
        }

        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            changes.Add(Pair(i < left.Count ? left[i] : null, i < right.Count ? right[i] : null));
        }
    }

    private static LockChange Pair(LockedPackage? old, LockedPackage? @new) => (old, @new) switch
    {
        (null, _) => new(LockChangeKind.Added, null, @new),
        (_, null) => new(LockChangeKind.Removed, old, null),
        _ => new(old.Id.Version < @new.Id.Version ? LockChangeKind.Upgraded : LockChangeKind.Downgraded, old, @new),
    };

    private static bool IsSame(LockedPackage a, LockedPackage b) =>
        a.Source == b.Source && a.Checksum == b.Checksum && a.Tree == b.Tree
        && a.Features.AsSpan().SequenceEqual(b.Features.AsSpan())
        && a.Dependencies.AsSpan().SequenceEqual(b.Dependencies.AsSpan());
}
