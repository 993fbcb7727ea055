using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>The lockfile that a change leads to.</summary>
/// <param name="Before">What was locked; null when there was none that could be read.</param>
/// <param name="Resolution">Null when the lockfile still held and nothing was resolved.</param>
internal sealed record LockOutcome(Lockfile? Before, Lockfile After, Resolution.Resolution? Resolution)
{
    /// <summary>How long that took, reading what registries have included.</summary>
    public TimeSpan? Solving { get; init; }
}

/// <summary>
/// Finds the lockfile for a project's manifests: the one there is when it still holds, else a new one that keeps every
/// version that still fits. The lockfile covers all groups and features of the project, so that it does not depend on
/// what is installed.
/// </summary>
internal sealed class LockPlanning(Project project, ImmutableArray<ProjectManifest> manifests, TimeProvider clock)
{
    private static readonly ImmutableSortedDictionary<string, SemanticVersion> NoEngines =
        ImmutableSortedDictionary.Create<string, SemanticVersion>(StringComparer.Ordinal);

    private Manifest Root => manifests[0].Manifest;

    private ResolutionTable Options => AsOf is { } asOf ? Root.Resolution with { AsOf = asOf } : Root.Resolution;

    private ImmutableArray<ResolutionRoot> Roots => RootsOf(manifests);

    /// <summary>Takes the place of the manifest's `as-of`; what is locked may then have to move although it still fits.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public int RepairsMax { get; init; } = 8;

    /// <summary>What must stay and what must not be.</summary>
    public ImmutableArray<Wish> Wishes { get; init; } = [];

    /// <summary>The packages whose releases were read.</summary>
    public HashSet<PackageName> Looked { get; } = [];

    /// <summary>Versions of tools that packages may ask for.</summary>
    public ImmutableSortedDictionary<string, SemanticVersion> Engines { get; init; } = NoEngines;

    /// <summary>Names of the registries there are. What is locked to another one could not be fetched by anybody.</summary>
    public required ImmutableArray<string> Registries { get; init; }

    /// <summary>Every manifest that is a package, with all its tables and features.</summary>
    public static ImmutableArray<ResolutionRoot> RootsOf(ImmutableArray<ProjectManifest> manifests) =>
        [.. manifests.Where(m => m.Manifest.Package is not null)
            .Select(m => new ResolutionRoot(m.Manifest, m.File, m.Folder) { Features = FeatureSelection.All })];

    /// <summary>What the project's lockfile says; null when there is none.</summary>
    /// <exception cref="ProblemException">LockfileConflicted, LockfileInvalid, LockfileTooNew.</exception>
    public static Lockfile? Read(ProjectLockfile lockfile) =>
        lockfile.Bytes is { } bytes ? LockfileText.Read(Encoding.UTF8.GetString(bytes), lockfile.File) : null;

    /// <summary>
    /// What both sides of a merge agree on; null when the lockfile says nothing that can be kept. A lockfile without
    /// conflict is kept whole.
    /// </summary>
    public static Lockfile? Salvage(ProjectLockfile lockfile)
    {
        if (lockfile.Bytes is not { } bytes)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (LockfileConflict.Split(text) is not { } sides)
        {
            return null;
        }

        return (TryRead(sides.Ours, lockfile.File), TryRead(sides.Theirs, lockfile.File)) switch
        {
            ({ } ours, { } theirs) => Common(ours, theirs),
            var (ours, theirs) => ours ?? theirs,
        };
    }

    /// <summary>Why the lockfile does not hold for the manifests; empty when it does.</summary>
    public ImmutableArray<string> Mismatches(Lockfile lockfile)
    {
        var reasons = LockCheck.Check(Roots, Root.Resolution, lockfile).Reasons;
        if (project.Lockfile.File != Project.LockfileName)
        {
            reasons = reasons.Add($"`{project.Lockfile.File}` does not record where packages come from");
        }

        var unhashed = lockfile.Packages.FirstOrDefault(p => p.Source is PackageSource.Feed && p.Checksum is null);
        reasons = unhashed is null ? reasons : reasons.Add($"the checksum of `{unhashed.Id}` was not recorded");
        var homeless = lockfile.Packages.FirstOrDefault(p => p.Source is PackageSource.Feed feed && !Registries.Contains(feed.Registry));
        reasons = homeless is null ? reasons : reasons.Add($"`{homeless.Id}` comes from the registry `{((PackageSource.Feed)homeless.Source).Registry}`, which there is no more");
        return [.. reasons, .. PathPackages.Mismatches(project.Root, lockfile)];
    }

    /// <param name="before">What is locked.</param>
    /// <param name="mode">Whether it may change.</param>
    /// <param name="changes">What edits want to move.</param>
    public async Task<LockOutcome> RunAsync(
        Lockfile? before, LockMode mode, ManifestChanges changes, Func<PackageSources> sources, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var reasons = before is null ? ["there is no lockfile"] : Mismatches(before);
        if (reasons.IsEmpty && changes.Unlocking is Unlocking.Nothing && changes.Precise.Count == 0 && changes.AcceptedYanked.IsEmpty
            && AsOf is null && Wishes.IsEmpty)
        {
            return new(before, before!, null);
        }

        if (mode == LockMode.Frozen)
        {
            throw before is null ? Missing() : OutOfDate(reasons);
        }

        if (Roots.IsEmpty)
        {
            // A workspace that has no members yet.
            return new(before, new(project.LockName, []), new(project.LockName, []));
        }

        var started = clock.GetTimestamp();
        var resolution = await new Resolving(sources(), clock, progress) { RepairsMax = RepairsMax, Looked = Looked }.RunAsync(Request(before, changes), cancellation).ConfigureAwait(false);
        CheckPrecise(resolution, changes.Precise);
        return new(before, resolution.ToLockfile() with { Root = project.LockName }, resolution) { Solving = clock.GetElapsedTime(started) };
    }

    /// <summary>What is asked of the resolver.</summary>
    public ResolutionRequest Request(Lockfile? before, ManifestChanges changes) => new(Roots, Options)
    {
        Locked = Pinned(before, changes.Precise),
        LockedInTruth = before,
        Unlocking = changes.Unlocking,
        AcceptedYanked = changes.AcceptedYanked,
        Engines = Engines,
        Wishes = Wishes,
    };

    /// <summary>A version that was asked for exactly is one that was locked: taken where the requirements allow it.</summary>
    private static Lockfile? Pinned(Lockfile? before, IReadOnlyList<PackageId> precise) =>
        before is null || precise.Count == 0 ? before : before with
        {
            Packages = [.. before.Packages.Select(package => Pin(package, precise))],
        };

    private static LockedPackage Pin(LockedPackage package, IReadOnlyList<PackageId> precise)
    {
        var dependencies = package.Dependencies.Select(edge =>
            precise.FirstOrDefault(id => id.Name == edge.Target.Name) is { } pinned ? edge with { Target = pinned } : edge);
        var id = precise.FirstOrDefault(id => id.Name == package.Id.Name);
        return package with
        {
            Id = id ?? package.Id,
            Checksum = id is null ? package.Checksum : null,
            Tree = id is null ? package.Tree : null,
            Dependencies = [.. dependencies],
        };
    }

    private static void CheckPrecise(Resolution.Resolution resolution, IReadOnlyList<PackageId> precise)
    {
        foreach (var wanted in precise.Where(id => resolution.Packages.All(package => package.Id != id)))
        {
            var found = resolution.Packages.FirstOrDefault(package => package.Id.Name == wanted.Name);
            throw new Problem(
                ProblemCode.VersionNotFound,
                found is null ? $"`{wanted.Name}` is not used by the project" : $"`{wanted}` does not fit; the newest that does is {found.Id.Version}",
                $"`cairn why-not {wanted.Name}@{wanted.Version}` says what is in the way").Raise();
        }
    }

    private static Lockfile? TryRead(string text, string file)
    {
        try
        {
            return LockfileText.Read(text, file);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static Lockfile Common(Lockfile ours, Lockfile theirs)
    {
        var theirIds = theirs.Packages.Select(package => (package.Id, package.Source, package.Checksum)).ToHashSet();
        return ours with { Packages = [.. ours.Packages.Where(package => theirIds.Contains((package.Id, package.Source, package.Checksum)))] };
    }

    private static ProblemException Missing() => new Problem(
        ProblemCode.LockfileMissing, $"there is no {Project.LockfileName}, and --frozen allows none to be made",
        "run `cairn install` without --frozen and commit the lockfile").Raise();

    private static ProblemException OutOfDate(ImmutableArray<string> reasons) => new Problem(
        ProblemCode.LockfileOutOfDate,
        reasons.IsEmpty ? "the edit would change the lockfile" : $"the lockfile is not up to date: {string.Join("; ", reasons.Take(3))}",
        "run `cairn lock` and commit the lockfile, or leave out --frozen").Raise();
}
