using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <param name="Version">Null for the newest that may be chosen.</param>
public sealed record FitRequest(PackageName Name, SemanticVersion? Version = null);

/// <summary>What adding a package would do to the project, proven by a full resolution. Nothing was written.</summary>
/// <param name="Asked">The release that was tried.</param>
/// <param name="Used">Versions the project has already.</param>
/// <param name="Constraint">What the manifest would say.</param>
/// <param name="Difference">Null when it cannot be added.</param>
/// <param name="Obstacle">Why it cannot; null when it can.</param>
/// <param name="DownloadBytes">Compressed, of the packages that are new here and that the store does not have.</param>
/// <param name="Elapsed">What the resolution took.</param>
public sealed record FitReport(
    Release Asked, ImmutableArray<SemanticVersion> Used, Constraint Constraint, LockDifference? Difference, Explanation? Obstacle,
    int PackagesBefore, int PackagesAfter, long DownloadBytes, TimeSpan Elapsed)
{
    /// <summary>The packages that the project uses already stay as they are.</summary>
    public bool LeavesOthersAlone => Difference is { } difference && difference.Changes.All(change => change.Kind == LockChangeKind.Added);
}

/// <summary>Resolves the project with one more dependency, as `cairn add` would.</summary>
internal sealed class Fit(RegistryClient client, string folder, FitRequest request, LookingSources looking) : Query<FitReport>
{
    protected override async Task<FitReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var (project, lockfile) = LockedProject.Find(client, folder);
        var used = ReleaseLookup.Locked(project, request.Name);
        using var look = looking.Open();
        var package = await ReleaseLookup.ReadAsync(look.Sources, request.Name, null, cancellation).ConfigureAwait(false);
        var release = request.Version is { } version ? ReleaseLookup.Find(package, version)
            : package.Index.Latest ?? throw new Problem(
                ProblemCode.ReleaseNotFound, $"`{request.Name}` has no version that may be chosen", $"`cairn versions {request.Name}` lists all").Raise();
        var constraint = Constraint.Caret(release.Id.Version);
        var started = client.Settings.Clock.GetTimestamp();
        try
        {
            var resolving = new Resolving(look.Sources, client.Settings.Clock, progress) { RepairsMax = 0 };
            var resolution = await resolving.RunAsync(Ask(project.Manifests, lockfile, constraint), cancellation).ConfigureAwait(false);
            var after = resolution.ToLockfile();
            var difference = LockDifference.Between(lockfile, after);
            return new(
                release, used, constraint, difference, null, Count(lockfile), Count(after),
                Download(resolution, difference), client.Settings.Clock.GetElapsedTime(started));
        }
        catch (ProblemException e) when (e.Problem.Detail is NoResolutionDetail conflict)
        {
            var count = Count(lockfile);
            return new(release, used, constraint, null, conflict.Explanation, count, count, 0, client.Settings.Clock.GetElapsedTime(started));
        }
    }

    private ResolutionRequest Ask(ImmutableArray<Workspace.ProjectManifest> manifests, Lockfile lockfile, Constraint constraint)
    {
        var roots = LockPlanning.RootsOf(manifests);
        var asking = roots.IsEmpty ? throw new Problem(
            ProblemCode.WorkspaceInvalid, "the workspace has no members, so nothing can be added to one", "make one: `cairn new NAME`").Raise() : roots[0].Manifest;
        var wanted = new Dependency(request.Name, constraint, DependencyGroup.Normal, DependencyOrigin.Feed.Routed, request.Name.Value);
        var others = asking.Dependencies.RemoveAll(dependency => dependency.Name == request.Name && dependency.Group == DependencyGroup.Normal);
        return new(roots.SetItem(0, roots[0] with { Manifest = asking with { Dependencies = others.Add(wanted) } }), manifests[0].Manifest.Resolution)
        {
            Locked = lockfile,
            Unlocking = new Unlocking.Only([request.Name]),
            Engines = client.Engines,
        };
    }

    private static int Count(Lockfile lockfile) => lockfile.Packages.Count(package => package.Source is not PackageSource.Member);

    private long Download(Resolution.Resolution resolution, LockDifference difference)
    {
        var changed = difference.Changes.Select(change => change.After?.Id).ToHashSet();
        return resolution.Packages
            .Where(package => changed.Contains(package.Id) && package.Release.Archive is { } archive && !client.Store.Has(archive.Hash))
            .Sum(package => package.Release.Archive!.Size);
    }
}
