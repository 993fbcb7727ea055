using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Formats.Lockfiles;

/// <summary>Lockfiles in the canonical order: several versions of a name, every kind of source, aliases, all groups.</summary>
internal static class LockfileGen
{
    private static readonly string[] Names = ["rand", "Log", "acme/json", "actor_utils", "z.io", "tokio", "serde", "serde-json"];
    private static readonly string[] Aliases = ["rand-old", "log2", "actor-utils", "x"];
    private static readonly string[] Settings = ["exclude gui", "features of log in .: fast", "override rand ^1 from path ../rand"];
    private static readonly string[] Features = ["default", "full", "std", "a+b", "x.y"];

    public static Gen<Lockfile> Lockfiles { get; } =
        from names in Gen.ListOf(Gen.Elements(Names))
        from packages in Sequence(names.Distinct(StringComparer.Ordinal).Select(PackagesOf))
        let ids = packages.SelectMany(p => p).ToImmutableArray()
        from linked in Sequence(ids.Select(package => Linked(package, ids)))
        from settings in Gen.SubListOf(Settings)
        select new Lockfile("my-package", [.. linked.OrderBy(p => p.Id.Name).ThenBy(p => p.Id.Version)]) { Settings = [.. settings] };

    /// <summary>Every fact of a lockfile as text, to compare by.</summary>
    public static string Describe(Lockfile lockfile)
    {
        var text = new StringBuilder(lockfile.Root).AppendJoin('|', lockfile.Settings);
        foreach (var package in lockfile.Packages)
        {
            text.Append($"\n{package.Id.Name.Value} {package.Id.Version} {package.Source} {package.Checksum} {package.Tree} [{string.Join('|', package.Features)}]");
            foreach (var edge in package.Dependencies)
            {
                text.Append($"\n  {edge.Group} {edge.LocalName} -> {edge.Target.Name.Value} {edge.Target.Version}");
            }
        }

        return text.ToString();
    }

    private static Gen<List<LockedPackage>> PackagesOf(string name) =>
        from versions in Gen.NonEmptyListOf(Versions)
        from packages in Sequence(versions.Distinct().Take(3).Select(version => Package(new(PackageName.Parse(name), version))))
        select packages;

    private static Gen<SemanticVersion> Versions { get; } =
        from major in Gen.Choose(0, 3)
        from minor in Gen.Choose(0, 12)
        from label in Gen.Elements("", "", "", "-rc.1", "-alpha", "+build.7")
        select SemanticVersion.Parse($"{major}.{minor}.0{label}");

    private static Gen<LockedPackage> Package(PackageId id) =>
        from source in Sources
        from features in Gen.SubListOf(Features)
        from isHashed in Gen.Elements(true, false)
        let digest = ContentHash.Of(Encoding.UTF8.GetBytes($"{id}"))
        let hasArchive = isHashed && source is PackageSource.Feed
        select new LockedPackage(
            id, source, hasArchive ? digest : null, isHashed ? TreeHash.FromDigest(Convert.FromHexString(digest.Hex)) : null,
            [.. features.Order(StringComparer.Ordinal)], []);

    private static Gen<PackageSource> Sources { get; } = Gen.Elements<PackageSource>(
        new PackageSource.Feed("main"), new PackageSource.Feed("acme"), new PackageSource.Path("../löcal dep"), new PackageSource.Member("."),
        new PackageSource.Member("crates/a"),
        new PackageSource.Git("https://github.com/user/repo", new(GitReferenceKind.Tag, "v1.0"), new string('a', 40)),
        new PackageSource.Git("git@host:user/repo.git", new(GitReferenceKind.Branch, "fix#12"), new string('0', 64)),
        new PackageSource.Git("ssh://git@host:22/repo", GitReference.Default, new string('b', 40)));

    private static Gen<LockedPackage> Linked(LockedPackage package, ImmutableArray<LockedPackage> all) =>
        from targets in Gen.SubListOf(all.Select(p => p.Id).Where(id => id != package.Id))
        from edges in Sequence(targets.Select(Edge))
        select package with
        {
            Dependencies = [.. edges.OrderBy(e => e.Group).ThenBy(e => e.LocalName, StringComparer.Ordinal).ThenBy(e => e.Target.Name).ThenBy(e => e.Target.Version)],
        };

    private static Gen<LockedDependency> Edge(PackageId target) =>
        from alias in Gen.Frequency((4, Gen.Constant(target.Name.Value)), (1, Gen.Elements(Aliases)))
        from @group in Gen.Elements(DependencyGroup.Normal, DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev)
        select new LockedDependency(alias, target, @group);

    private static Gen<List<T>> Sequence<T>(IEnumerable<Gen<T>> parts) =>
        parts.Aggregate(Gen.Constant(new List<T>()), (all, next) => from list in all from item in next select new List<T>(list) { item });
}
