using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A project as it is on disk.</summary>
/// <param name="Folder">The root, absolute.</param>
/// <param name="Lockfile">Null when there is none yet.</param>
public sealed record ProjectOverview(string Folder, Manifest Manifest, Lockfile? Lockfile);

/// <summary>
/// What a screen looks at while it is open: a project and the packages of its sources, each read once and kept. To see
/// what changed, look anew with another one.
/// </summary>
public sealed class Browsing : IDisposable
{
    private readonly Lazy<PackageSources> _sources;

    internal Browsing(RegistryClient client, string folder)
    {
        Folder = folder;
        _sources = new(() => Project.TryFind(folder) is { } project
            ? client.Sources(project, LockPlanning.Read(project.Lockfile), [])
            : client.Sources());
        Overview = new OverviewQuery(client, folder);
        Names = new NamesQuery(_sources);
    }

    public string Folder { get; }

    /// <summary>Manifest and lockfile, after putting right what an interrupted run left.</summary>
    public Query<ProjectOverview> Overview { get; }

    /// <summary>All names that the routes give the project, for searching as the user types.</summary>
    public Query<NameIndex> Names { get; }

    /// <summary>All releases of one package of the routed feeds.</summary>
    public Query<PackageIndex> Package(PackageName name) => new PackageQuery(_sources, name);

    public void Dispose()
    {
        if (_sources.IsValueCreated)
        {
            _sources.Value.Dispose();
        }
    }

    private sealed class OverviewQuery(RegistryClient client, string folder) : Query<ProjectOverview>
    {
        protected override Task<ProjectOverview> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
        {
            var project = OpenedProject.Open(folder, client.Disk);
            return Task.FromResult(new ProjectOverview(project.Root, project.RootManifest.Manifest, LockPlanning.Read(project.Lockfile)));
        }
    }

    private sealed class NamesQuery(Lazy<PackageSources> sources) : Query<NameIndex>
    {
        protected override async Task<NameIndex> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
        {
            var names = await sources.Value.ReadNamesAsync(null, cancellation).ConfigureAwait(false);
            return new(names.Select(name => new FoundPackage(
                name.Name, name.Latest, name.Description, name.Keywords, sources.Value.Routes.Resolve(name.Name).Name)));
        }
    }

    private sealed class PackageQuery(Lazy<PackageSources> sources, PackageName name) : Query<PackageIndex>
    {
        protected override async Task<PackageIndex> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
        {
            var package = await sources.Value.ReadAsync(new(name, DependencyOrigin.Feed.Routed), cancellation).ConfigureAwait(false);
            return package.Index;
        }
    }
}
