using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Workspace;

/// <summary>Whose rules for finding packages an install directory follows.</summary>
public enum LayoutStyle
{
    /// <summary>`packages/NAME`, `packages/NAME@VERSION`; the map says who sees which.</summary>
    Plain,

    /// <summary>As node looks for modules: scopes start with `@`, and links inside a package lead to what it sees.</summary>
    NodeModules,
}

/// <summary>One package as it stands in the install directory.</summary>
/// <param name="Folder">Relative to the install directory.</param>
/// <param name="Sees">Its edges, in lockfile order, with the folder each leads to.</param>
public sealed record PlacedPackage(LockedPackage Package, string Folder, ImmutableArray<PlacedEdge> Sees);

/// <param name="Folder">Of the target, relative to the install directory.</param>
public sealed record PlacedEdge(LockedDependency Edge, string Folder);

/// <summary>A symbolic link that helps a program find a package by its own rules.</summary>
/// <param name="Path">Relative to the install directory.</param>
/// <param name="Target">The folder it leads to, relative to the install directory.</param>
public sealed record PlacedLink(string Path, string Target);

/// <summary>
/// Which packages an install directory holds and where: a pure function of lockfile and selection. Documented in
/// docs/formats/packages.md.
/// </summary>
/// <param name="Roots">The project's own manifests; their folders lead out of the install directory.</param>
/// <param name="Packages">By folder.</param>
public sealed record InstallLayout(
    LayoutStyle Style, ImmutableArray<PlacedPackage> Roots, ImmutableArray<PlacedPackage> Packages, ImmutableArray<PlacedLink> Links)
{
    private const string NodeModules = "node_modules";

    /// <param name="lockfile">Complete: every edge leads to an entry.</param>
    /// <param name="isUsed">Whether an edge of a root is wanted; edges below are all followed.</param>
    /// <param name="installDirectory">Relative to the project root.</param>
    public static InstallLayout Of(Lockfile lockfile, Func<LockedPackage, LockedDependency, bool> isUsed, string installDirectory)
    {
        var style = installDirectory.Split('/')[^1] == NodeModules ? LayoutStyle.NodeModules : LayoutStyle.Plain;
        var reach = Reach.From(lockfile, isUsed);
        var folders = Folders(style, lockfile, reach);
        var up = string.Join('/', Enumerable.Repeat("..", installDirectory.Split('/').Length));
        var roots = reach.Roots.Select(root => Place(root, RootFolder(root, up), reach, folders)).ToImmutableArray();
        var packages = reach.Packages.Select(package => Place(package, folders[package.Id], reach, folders))
            .OrderBy(placed => placed.Folder, StringComparer.Ordinal).ToImmutableArray();
        return new(style, roots, packages, style == LayoutStyle.Plain ? [] : NodeLinks(roots, packages));
    }

    private static PlacedPackage Place(
        LockedPackage package, string folder, Reach reach, Dictionary<PackageId, string> folders) =>
        new(package, folder, [.. reach.Edges(package).Select(edge => new PlacedEdge(edge, folders[edge.Target]))]);

    private static string RootFolder(LockedPackage root, string up) =>
        root.Source is PackageSource.Member { Folder: not "." } member ? $"{up}/{member.Folder}" : up;

    /// <summary>
    /// The plain name goes to the version that the project itself names, the highest one when nothing does; every other
    /// gets its version as a suffix.
    /// </summary>
    private static Dictionary<PackageId, string> Folders(LayoutStyle style, Lockfile lockfile, Reach reach)
    {
        var folders = new Dictionary<PackageId, string>();
        var plainNames = reach.Packages.Where(p => !p.Id.Name.Value.Contains('/', StringComparison.Ordinal))
            .Select(p => p.Id.Name.Normal).ToHashSet();
        foreach (var versions in reach.Packages.GroupBy(package => package.Id.Name))
        {
            var ids = versions.Select(package => package.Id).OrderByDescending(id => id.Version).ToList();
            var plain = reach.SeenByRoots(lockfile, versions.Key) is { } seen && ids.Contains(seen) ? seen : ids[0];
            foreach (var id in ids)
            {
                var folder = FolderName(style, id.Name.Value, plainNames);
                folders.Add(id, id == plain ? folder : $"{folder}@{id.Version}");
            }
        }

        return folders;
    }

    /// <summary>A namespace gets an `@` where node wants it, and where a package has the namespace's name.</summary>
    private static string FolderName(LayoutStyle style, string name, HashSet<string> plainNames)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && (style == LayoutStyle.NodeModules || plainNames.Contains(PackageName.Parse(name[..slash]).Normal))
            ? $"@{name}"
            : name;
    }

    /// <summary>
    /// Node looks for `name` in `node_modules` beside the file's package and in every folder above. What is not found at
    /// the top under that name gets a link inside the package (or at the top, for the project itself).
    /// </summary>
    private static ImmutableArray<PlacedLink> NodeLinks(ImmutableArray<PlacedPackage> roots, ImmutableArray<PlacedPackage> packages)
    {
        var top = packages.Select(package => package.Folder).ToHashSet(StringComparer.Ordinal);
        var links = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var edge in roots.SelectMany(root => root.Sees))
        {
            var name = FolderName(LayoutStyle.NodeModules, edge.Edge.LocalName, []);
            if (!top.Contains(name))
            {
                links.TryAdd(name, edge.Folder);
            }
        }

        foreach (var package in packages.Where(package => package.Package.Source is not (PackageSource.Path or PackageSource.Member)))
        {
            foreach (var edge in package.Sees)
            {
                var name = FolderName(LayoutStyle.NodeModules, edge.Edge.LocalName, []);
                var found = top.Contains(name) ? name : links.GetValueOrDefault(name);
                if (found != edge.Folder)
                {
                    links.TryAdd($"{package.Folder}/{NodeModules}/{name}", edge.Folder);
                }
            }
        }

        return [.. links.Select(link => new PlacedLink(link.Key, link.Value))];
    }

    /// <summary>What can be reached from the roots over the edges that are wanted.</summary>
    private sealed class Reach(Func<LockedPackage, LockedDependency, bool> isUsed)
    {
        private readonly Dictionary<PackageId, LockedPackage> _reached = [];

        private ILookup<PackageName, (LockedPackage Root, LockedDependency Edge)>? _named;

        public List<LockedPackage> Roots { get; } = [];

        public IEnumerable<LockedPackage> Packages => _reached.Values;

        public static Reach From(Lockfile lockfile, Func<LockedPackage, LockedDependency, bool> isUsed)
        {
            var reach = new Reach(isUsed);
            reach.Roots.AddRange(lockfile.Packages.Where(package => package.Source is PackageSource.Member));
            var byId = lockfile.Packages.ToLookup(package => package.Id);
            var pending = new Stack<LockedPackage>(reach.Roots);
            while (pending.TryPop(out var package))
            {
                foreach (var edge in reach.Edges(package))
                {
                    var target = byId[edge.Target].First();
                    if (reach._reached.TryAdd(target.Id, target) && target.Source is not PackageSource.Member)
                    {
                        pending.Push(target);
                    }
                }
            }

            return reach;
        }

        public IEnumerable<LockedDependency> Edges(LockedPackage package) =>
            package.Source is PackageSource.Member ? package.Dependencies.Where(edge => isUsed(package, edge)) : package.Dependencies;

        /// <summary>The version that the root names, by the package's own name rather than an alias; else the highest of the members'.</summary>
        public PackageId? SeenByRoots(Lockfile lockfile, PackageName name)
        {
            _named ??= Roots.SelectMany(Edges, (root, edge) => (root, edge)).ToLookup(named => named.edge.Target.Name);
            return (from named in _named[name]
                    orderby named.Root.Id.Name.Value == lockfile.Root descending,
                        PackageName.TryParse(named.Edge.LocalName, out var local) && local == name descending,
                        named.Edge.Target.Version descending
                    select named.Edge.Target).FirstOrDefault();
        }
    }
}
