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
    private const int ManyNames = 20_000;

    private readonly RegistryClient _client;
    private readonly Lazy<PackageSources> _sources;

    internal Browsing(RegistryClient client, string folder)
    {
        (_client, Folder) = (client, folder);
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

    /// <summary>README and files of a release.</summary>
    /// <param name="version">Null for the one the project uses, else the newest that may be chosen.</param>
    /// <param name="file">A file to read besides the README; null for none.</param>
    public Query<ContentsReport> Contents(PackageName name, SemanticVersion? version, ContentsReach reach, string? file = null) =>
        new Contents(_client, new(Folder, name, version) { Reach = reach, File = file }, Looking);

    /// <summary>What changed between two versions of a package.</summary>
    public Query<ReleaseDifferenceReport> Difference(PackageName name, SemanticVersion from, SemanticVersion to) =>
        new ReleaseDifference(_client, new(Folder, name, from, to), Looking);

    /// <summary>What adding a package would do to the project.</summary>
    public Query<FitReport> Fit(FitRequest request) => new Fit(_client, Folder, request, Looking);

    private LookingSources Looking => new LookingSources.Shared(_sources, Folder);

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
            var index = new NameIndex(names.Select(name => new FoundPackage(
                name.Name, name.Latest, name.Description, name.Keywords, sources.Value.Routes.Resolve(name.Name).Name)));
            GiveBack(index.Count);
            return index;
        }
    }

    /// <summary>
    /// What a long list was read from is several times as large as its index, and a program that mostly waits would keep it
    /// for hours. Once, in the background, and a few milliseconds long.
    /// </summary>
    private static void GiveBack(int names)
    {
        if (names >= ManyNames)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
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
