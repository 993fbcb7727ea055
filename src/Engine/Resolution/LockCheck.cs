using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>Why a lockfile does not hold for the manifests any more, in words; empty when it does.</summary>
public sealed record LockVerdict(ImmutableArray<string> Reasons)
{
    public bool Holds => Reasons.IsEmpty;
}

/// <summary>
/// Whether a lockfile still satisfies the project, from the manifests and the lockfile alone: no metadata, no solving.
/// Requirements between packages need no look, since a published release never changes; only what a human edits can.
/// </summary>
public static class LockCheck
{
    public static LockVerdict Check(ImmutableArray<ResolutionRoot> roots, ResolutionTable options, Lockfile lockfile)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        var members = lockfile.Packages.Where(package => package.Source is PackageSource.Member)
            .ToDictionary(package => ((PackageSource.Member)package.Source).Folder);
        var byId = lockfile.Packages.ToLookup(package => package.Id);
        foreach (var root in roots.Where(root => root.Manifest.Package is not null))
        {
            if (members.GetValueOrDefault(root.Folder) is not { } entry || entry.Id.Name != root.Manifest.Package!.Name
                || entry.Id.Version != root.Manifest.Package.Version)
            {
                reasons.Add($"`{root.Manifest.DisplayName}` is not in the lockfile as `{root.File}` has it");
                continue;
            }

            CheckRoot(new(root, roots, options, entry, byId), reasons);
        }

        foreach (var gone in members.Values.Where(entry => !roots.Any(root => root.Folder == ((PackageSource.Member)entry.Source).Folder)))
        {
            reasons.Add($"`{gone.Id.Name}` is in the lockfile but is no member any more");
        }

        if (!LockSettings.Of(roots, options).SequenceEqual(lockfile.Settings))
        {
            reasons.Add("overrides, exclusions or features are not what they were when it was locked");
        }

        CheckOverrides(options, lockfile, reasons);
        CheckDuplicates(options, lockfile, reasons);
        return new(reasons.ToImmutable());
    }

    private sealed record RootCheck(
        ResolutionRoot Root, ImmutableArray<ResolutionRoot> Roots, ResolutionTable Options, LockedPackage Entry,
        ILookup<PackageId, LockedPackage> ById);

    private static void CheckRoot(RootCheck check, ImmutableArray<string>.Builder reasons)
    {
        var root = check.Root;
        var active = RootActivation.Of(root, check.Options);
        if (!active.Features.SequenceEqual(check.Entry.Features))
        {
            reasons.Add($"other features of `{root.Manifest.DisplayName}` are on than when it was locked");
        }

        var edges = check.Entry.Dependencies.ToDictionary(edge => (edge.Group, edge.LocalName));
        foreach (var (dependency, _) in active.Dependencies)
        {
            if (!edges.Remove((dependency.Group, dependency.LocalName), out var edge))
            {
                reasons.Add($"`{dependency.LocalName}` was added to `{root.File}`");
            }
            else if (Mismatch(check, dependency, edge) is { } mismatch)
            {
                reasons.Add(mismatch);
            }
        }

        reasons.AddRange(edges.Values.Select(edge => $"`{edge.LocalName}` was removed from `{root.File}`"));
    }

    private static string? Mismatch(RootCheck check, Dependency dependency, LockedDependency edge)
    {
        var wanted = check.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name);
        var constraint = wanted?.Constraint ?? dependency.Constraint;
        var origin = wanted?.Origin ?? dependency.Origin;
        if (edge.Target.Name != dependency.Name)
        {
            return $"`{dependency.LocalName}` names `{dependency.Name}` now, the lockfile has `{edge.Target.Name}`";
        }

        if (!Admits(check.Options, dependency.Name, constraint, edge.Target.Version))
        {
            return $"`{check.Root.File}` asks for {dependency.Name} {constraint}, the lockfile has {edge.Target.Version}";
        }

        return check.ById[edge.Target].Any(package => Matches(origin, package.Source, check))
            ? null
            : $"`{dependency.LocalName}` comes from another source than when it was locked";
    }

    // A locked pre-release stays acceptable wherever its range includes it, like a locked yanked release.
    private static bool Admits(ResolutionTable options, PackageName name, Constraint constraint, SemanticVersion version) =>
        options.Prereleases == PrereleasePolicy.Never && !options.PrereleaseNames.Contains(name)
            ? constraint.Admits(version)
            : constraint.AdmitsWithPrereleases(version);

    private static bool Matches(DependencyOrigin origin, PackageSource source, RootCheck check) => (origin, source) switch
    {
        (DependencyOrigin.Feed feed, PackageSource.Feed locked) => feed.Registry is null || feed.Registry == locked.Registry,
        (DependencyOrigin.Path path, PackageSource.Path locked) =>
            ProjectPath.Combine(check.Root.Folder, path.Folder) == locked.Folder,
        (DependencyOrigin.Path path, PackageSource.Member locked) =>
            ProjectPath.Combine(check.Root.Folder, path.Folder) == locked.Folder,
        (DependencyOrigin.Git git, PackageSource.Git locked) => git.Url == locked.Url && git.Reference == locked.Reference,
        (DependencyOrigin.Member or DependencyOrigin.Feed { Registry: null }, PackageSource.Member) => true,
        _ => false,
    };

    private static void CheckOverrides(ResolutionTable options, Lockfile lockfile, ImmutableArray<string>.Builder reasons)
    {
        foreach (var (replaced, package) in
            from o in options.Overrides
            from package in lockfile.Packages
            where package.Id.Name == o.Name && package.Source is not PackageSource.Member
            select (o, package))
        {
            if (!Admits(options, replaced.Name, replaced.Constraint, package.Id.Version))
            {
                reasons.Add($"{replaced.Name} is overridden to {replaced.Constraint}, the lockfile has {package.Id.Version}");
            }
        }
    }

    private static void CheckDuplicates(ResolutionTable options, Lockfile lockfile, ImmutableArray<string>.Builder reasons)
    {
        foreach (var group in lockfile.Packages.GroupBy(package => package.Id.Name))
        {
            var ranges = group.Select(package => options.Duplicates == DuplicatesPolicy.Never
                ? default
                : CompatibleRange.Of(package.Id.Version));
            if (ranges.Distinct().Count() < group.Count())
            {
                reasons.Add($"the lockfile has several versions of {group.Key}, which `duplicates` does not allow");
            }
        }
    }
}
