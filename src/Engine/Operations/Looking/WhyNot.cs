using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project is in it or above it.</param>
/// <param name="Version">Null for the newest that may be chosen.</param>
public sealed record WhyNotRequest(string Folder, PackageName Name, SemanticVersion? Version = null);

/// <summary>Whether a project can have a version of a package, and what is in the way.</summary>
/// <param name="Current">Versions it has now; none when it does not use the package.</param>
/// <param name="Explanation">What is in the way; null when nothing is.</param>
/// <param name="Difference">What taking it would change; null when it cannot be taken.</param>
public sealed record WhyNotReport(
    PackageId Asked, ImmutableArray<SemanticVersion> Current, Explanation? Explanation, LockDifference? Difference) : IReport
{
    public string Kind => "why-not";

    /// <summary>The project has it.</summary>
    public bool IsThere => Current.Contains(Asked.Version);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, Asked.Name.Value);
        json.WriteString("version"u8, Asked.Version.ToString());
        json.WriteStrings("current", Current.Select(version => version.ToString()));
        json.WriteBoolean("there"u8, IsThere);
        json.WriteBoolean("possible"u8, IsThere || Explanation is null);
        if (Explanation is not null)
        {
            json.WritePropertyName("explanation"u8);
            Explanation.WriteJson(json);
        }

        if (Difference is not null)
        {
            json.WriteChanges("lock", Difference);
        }
    }
}

/// <summary>`cairn why-not`: asks the resolver for the version as if the project's manifest did, and says what it answers.</summary>
internal sealed class WhyNot(RegistryClient client, WhyNotRequest request) : Query<WhyNotReport>
{
    protected override async Task<WhyNotReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var (project, lockfile) = LockedProject.Find(client, request.Folder);
        var current = ReleaseLookup.Locked(project, request.Name);
        using var sources = client.Sources(project, lockfile, []);
        var origin = OriginOf(project, lockfile);
        var package = await sources.ReadAsync(new(request.Name, origin), cancellation).ConfigureAwait(false);
        var release = request.Version is { } version ? ReleaseLookup.Find(package, version)
            : package.Index.Latest ?? throw new Problem(ProblemCode.ReleaseNotFound, $"`{request.Name}` has no version that may be chosen", null).Raise();
        if (current.Contains(release.Id.Version))
        {
            return new(release.Id, current, null, new([]));
        }

        var roots = LockPlanning.RootsOf(project.Manifests);
        var asking = roots[0].Manifest;
        var wanted = new Dependency(request.Name, Constraint.Exactly(release.Id.Version), DependencyGroup.Normal, origin, "why-not");
        var asked = new ResolutionRequest(
            roots.SetItem(0, roots[0] with { Manifest = asking with { Dependencies = asking.Dependencies.Add(wanted) } }), asking.Resolution)
        {
            Locked = lockfile,
            Unlocking = new Unlocking.Only([request.Name]),
            Engines = client.Engines,
        };
        try
        {
            var resolution = await new Resolving(sources, client.Settings.Clock, progress).RunAsync(asked, cancellation).ConfigureAwait(false);
            return new(release.Id, current, null, LockDifference.Between(lockfile, resolution.ToLockfile()));
        }
        catch (ProblemException e) when (e.Problem.Detail is NoResolutionDetail conflict)
        {
            return new(release.Id, current, conflict.Explanation, null);
        }
    }

    /// <summary>Where the project has the package from; by its route when it does not use it.</summary>
    private DependencyOrigin OriginOf(Project project, Lockfile lockfile) =>
        project.Manifests.SelectMany(manifest => manifest.Manifest.Dependencies).FirstOrDefault(dependency => dependency.Name == request.Name)?.Origin
        ?? (lockfile.Packages.FirstOrDefault(package => package.Id.Name == request.Name)?.Source is PackageSource.Feed feed
            ? new DependencyOrigin.Feed(feed.Registry)
            : DependencyOrigin.Feed.Routed);
}
