using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

public enum LockChangeKind
{
    Added,
    Removed,
    Upgraded,
    Downgraded,

    /// <summary>The same version from another source, or with other content.</summary>
    Moved,

    /// <summary>The same package with other features on.</summary>
    Refeatured,
}

/// <summary>The size of a step between two versions, by the leftmost part that differs.</summary>
public enum VersionStep
{
    None,
    Label,
    Patch,
    Minor,
    Major,
}

/// <summary>One line of a lock difference. <paramref name="Before"/> is null for an addition, <paramref name="After"/> for a removal.</summary>
public sealed record LockChange(LockChangeKind Kind, PackageName Name, LockedPackage? Before, LockedPackage? After)
{
    public VersionStep Step => (Before, After) switch
    {
        ({ } before, { } after) => StepBetween(before.Id.Version, after.Id.Version),
        _ => VersionStep.None,
    };

    /// <summary>Whether the step may break dependents: another major, or another minor below 1.0.</summary>
    public bool IsBreaking => Before is not null && After is not null
        && CompatibleRange.Of(Before.Id.Version) != CompatibleRange.Of(After.Id.Version);

    private static VersionStep StepBetween(SemanticVersion a, SemanticVersion b) =>
        a.Major != b.Major ? VersionStep.Major
        : a.Minor != b.Minor ? VersionStep.Minor
        : a.Patch != b.Patch ? VersionStep.Patch
        : a.Prerelease != b.Prerelease ? VersionStep.Label
        : VersionStep.None;
}

/// <summary>What one lockfile has that another has not, by name, then version.</summary>
public sealed record LockDifference(ImmutableArray<LockChange> Changes)
{
    public bool IsEmpty => Changes.IsEmpty;

    public int Count(LockChangeKind kind) => Changes.Count(change => change.Kind == kind);

    /// <summary>
    /// From one lockfile (null when there is none) to another. The project's own members are left out, since their
    /// versions are edited and not resolved. Of a name with several versions the equal ones are paired first, then those
    /// in the same compatible range, then the rest in order.
    /// </summary>
    public static LockDifference Between(Lockfile? before, Lockfile after)
    {
        var old = Group(before);
        var now = Group(after);
        var names = old.Keys.Union(now.Keys).Order();
        return new([.. names.SelectMany(name => Compare(
            name, old.GetValueOrDefault(name) ?? [], now.GetValueOrDefault(name) ?? []))]);
    }

    private static Dictionary<PackageName, List<LockedPackage>> Group(Lockfile? lockfile) =>
        (lockfile?.Packages ?? [])
            .Where(package => package.Source is not PackageSource.Member)
            .GroupBy(package => package.Id.Name)
            .ToDictionary(group => group.Key, group => group.OrderBy(package => package.Id.Version).ToList());

    private static IEnumerable<LockChange> Compare(PackageName name, List<LockedPackage> before, List<LockedPackage> after)
    {
        var changes = new List<LockChange>();
        foreach (var isPair in Pairings)
        {
            foreach (var old in before.ToArray())
            {
                if (after.Find(now => isPair(old, now)) is { } now)
                {
                    before.Remove(old);
                    after.Remove(now);
                    if (Kind(old, now) is { } kind)
                    {
                        changes.Add(new(kind, name, old, now));
                    }
                }
            }
        }

        changes.AddRange(before.Select(old => new LockChange(LockChangeKind.Removed, name, old, null)));
        changes.AddRange(after.Select(now => new LockChange(LockChangeKind.Added, name, null, now)));
        return changes.OrderBy(change => (change.After ?? change.Before)!.Id.Version);
    }

    private static readonly ImmutableArray<Func<LockedPackage, LockedPackage, bool>> Pairings =
    [
        static (old, now) => old.Id.Version == now.Id.Version && old.Source == now.Source,
        static (old, now) => old.Id.Version == now.Id.Version,
        static (old, now) => CompatibleRange.Of(old.Id.Version) == CompatibleRange.Of(now.Id.Version),
        static (_, _) => true,
    ];

    private static LockChangeKind? Kind(LockedPackage old, LockedPackage now) =>
        now.Id.Version > old.Id.Version ? LockChangeKind.Upgraded
        : now.Id.Version < old.Id.Version ? LockChangeKind.Downgraded
        : old.Source != now.Source || old.Checksum != now.Checksum ? LockChangeKind.Moved
        : !old.Features.SequenceEqual(now.Features) ? LockChangeKind.Refeatured
        : null;
}
