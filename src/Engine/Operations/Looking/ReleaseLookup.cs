using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Opens the sources that count in a folder: the project's when there is one, else the user's.</summary>
internal static class ReleaseLookup
{
    public static PackageSources Open(RegistryClient client, string folder, out Project? project)
    {
        project = Project.TryFind(folder);
        return project is null ? client.Sources() : client.Sources(project, null, []);
    }

    /// <param name="registry">Null for the one the name is routed to.</param>
    public static async Task<SuppliedPackage> ReadAsync(
        PackageSources sources, PackageName name, string? registry, CancellationToken cancellation) =>
        await sources.ReadAsync(new(name, new DependencyOrigin.Feed(registry)), cancellation).ConfigureAwait(false);

    public static Release Find(SuppliedPackage package, SemanticVersion version) =>
        package.Index.Releases.FirstOrDefault(release => release.Id.Version == version) ?? throw new Problem(
            ProblemCode.ReleaseNotFound, $"`{package.Key.Name}` has no version {version}",
            package.Index.Latest is { } latest ? $"the newest is {latest.Id.Version}; `cairn versions {package.Key.Name}` lists all" : null).Raise();

    /// <summary>The versions that a project has locked; none when it has no readable lockfile.</summary>
    public static ImmutableArray<SemanticVersion> Locked(Project? project, PackageName name)
    {
        try
        {
            return project is null || LockedProject.ReadLockfile(project) is not { } lockfile
                ? []
                : [.. lockfile.Packages.Where(package => package.Id.Name == name).Select(package => package.Id.Version)];
        }
        catch (ProblemException)
        {
            return [];
        }
    }
}
