using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>The one order of a lockfile: packages by name, version and source; edges by group and local name; features by text.</summary>
internal static class LockfileOrder
{
    public static Lockfile Sorted(Lockfile lockfile) => lockfile with
    {
        Packages = Sorted(lockfile.Packages, Compare).ConvertAll(static package => package with
        {
            Features = Sorted(package.Features, string.CompareOrdinal),
            Dependencies = Sorted(package.Dependencies, Compare),
        }),
    };

    private static int Compare(LockedPackage a, LockedPackage b)
    {
        var order = a.Id.Name.CompareTo(b.Id.Name);
        order = order != 0 ? order : a.Id.Version.CompareTo(b.Id.Version);
        return order != 0 ? order : string.CompareOrdinal(a.Source.ToString(), b.Source.ToString());
    }

    private static int Compare(LockedDependency a, LockedDependency b)
    {
        var order = a.Group.CompareTo(b.Group);
        order = order != 0 ? order : string.CompareOrdinal(a.LocalName, b.LocalName);
        return order != 0 ? order : Compare(a.Target, b.Target);
    }

    private static int Compare(PackageId a, PackageId b) =>
        a.Name.CompareTo(b.Name) is not 0 and var order ? order : a.Version.CompareTo(b.Version);

    /// <summary>The same array when it is in order, as it is in every file the program wrote itself.</summary>
    private static ImmutableArray<T> Sorted<T>(ImmutableArray<T> items, Comparison<T> compare)
    {
        for (var i = 1; i < items.Length; i++)
        {
            if (compare(items[i - 1], items[i]) > 0)
            {
                return items.Sort(compare);
            }
        }

        return items;
    }

    private static ImmutableArray<LockedPackage> ConvertAll(this ImmutableArray<LockedPackage> packages, Func<LockedPackage, LockedPackage> convert) =>
        [.. packages.Select(convert)];
}
