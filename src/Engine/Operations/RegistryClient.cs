using System.Collections.Concurrent;
using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Transport;
using Registry.Engine.Store;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>
/// The engine's front door: holds what operations share (folders, settings, clock, network, store) and makes them. One
/// for each run of the program; operations may run at the same time. Disposing waits for clean-up still going on, so that
/// a report can be shown before old files are gone.
/// </summary>
public sealed partial class RegistryClient : IAsyncDisposable
{
    private static readonly ImmutableArray<string> ProxyNames = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"];

    private readonly Lazy<UserConfiguration> _configuration;
    private readonly Lazy<ContentStore> _store;
    private readonly Lazy<HttpMessageHandler> _http;
    private readonly ConcurrentBag<Task> _later = [];

    public RegistryClient(ClientSettings settings)
    {
        Settings = settings;
        Answers = new(settings.Clock);
        _configuration = new(() => UserConfiguration.Read(settings.Folders, settings.Environment, settings.Overrides));
        _store = new(MakeStore);
        _http = new(() => HttpHandlers.Create(HttpOptions.From(ProxyVariables())));
    }

    public ClientSettings Settings { get; }

    /// <summary>The user's settings, read when first asked for.</summary>
    internal UserConfiguration Configuration => _configuration.Value;

    internal ContentStore Store => _store.Value;

    /// <summary>Another one in tests, to stop the world at any step.</summary>
    internal ProjectDisk Disk { get; init; } = new();

    internal AnswerLog Answers { get; }

    internal int DownloadsMax => Configuration.Get("network.parallel").Number;

    /// <summary>Versions of tools that packages may ask for: this program's own.</summary>
    internal ImmutableSortedDictionary<string, SemanticVersion> Engines =>
        ImmutableSortedDictionary.Create<string, SemanticVersion>(StringComparer.Ordinal).Add("cairn", SemanticVersion.Parse(Settings.Version));

    internal bool IsOffline => Settings.IsOffline || Configuration.Get("network.offline").IsOn;

    /// <summary>Bring lockfile and install directory up to date with the manifest.</summary>
    public ProjectChange Install(ChangeRequest request) => new Install(this, request);

    public ProjectChange Add(ChangeRequest request, ImmutableArray<ProjectEdit.Add> packages) => new Add(this, request, packages);

    public ProjectChange Remove(ChangeRequest request, ImmutableArray<ProjectEdit.Remove> packages) => new Remove(this, request, packages);

    /// <param name="packages">Empty for all.</param>
    public ProjectChange Update(ChangeRequest request, ImmutableArray<ProjectEdit.Update> packages) => new Update(this, request, packages);

    /// <summary>The lockfile alone.</summary>
    public ProjectChange Lock(ChangeRequest request, LockAction action) => new Lock(this, request, action);

    /// <summary>Everything staged on screen, as one change.</summary>
    public ProjectChange Edit(ChangeRequest request, ImmutableArray<ProjectEdit> edits) => new EditPlan(this, request, edits);

    /// <summary>One of the repairs that came with a conflict.</summary>
    public ProjectChange ApplyRepair(ChangeRequest request, Repair repair) => Edit(request, [new ProjectEdit.ApplyRepair(repair)]);

    /// <summary>A conflict that a change meets, to be talked over as long as a screen lasts.</summary>
    /// <param name="edits">What the change consists of; empty for an install.</param>
    public ConflictTalk TalkOver(ChangeRequest request, ImmutableArray<ProjectEdit> edits) => new(this, request, edits);

    /// <summary>The plan that was left staged in a project; null when there is none.</summary>
    public Query<FoundDraft?> ReadDraft(string folder) => new DraftQuery(this, folder, null);

    /// <summary>Keeps a staged plan for the next time; an empty one takes what is kept away.</summary>
    public Query<FoundDraft?> KeepDraft(string folder, PlanDraft draft) => new DraftQuery(this, folder, draft);

    /// <summary>Take back the last change.</summary>
    public ProjectChange Undo(ChangeRequest request) => new Undo(this, request);

    /// <summary>Take back a change and all after it, at once.</summary>
    /// <param name="change">Its number in <see cref="History"/>.</param>
    public ProjectChange UndoThrough(ChangeRequest request, int change) => new Undo(this, request, change);

    /// <summary>Do again what was taken back last.</summary>
    public ProjectChange Redo(ChangeRequest request) => new Redo(this, request);

    public Change<InitPlan, InitReport> Init(InitRequest request) => new Init(this, request);

    /// <summary>A look at a project and its packages that lasts as long as a screen.</summary>
    /// <param name="folder">Absolute; the project is in it or above it.</param>
    public Browsing Browse(string folder) => new(this, folder);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_later).ConfigureAwait(false);
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }

        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    /// <summary>The sources of one project.</summary>
    /// <param name="locked">Git packages in it keep their commit, unless they are unlocked.</param>
    internal PackageSources Sources(Project project, Lockfile? locked, ImmutableHashSet<PackageName> unlocked) => new(
        SettingsFor(RegistriesOf(project)) with
        {
            ProjectRoot = project.Root,
            Members = project.Manifests.Where(m => m.Manifest.Package is not null)
                .ToImmutableDictionary(m => m.Manifest.Package!.Name, m => m.Folder),
            Locked = locked,
            Unlocked = unlocked,
        },
        Store);

    /// <summary>The sources that the user has everywhere, outside a project.</summary>
    internal PackageSources Sources() => new(SettingsFor(RegistriesOf(null)), Store);

    /// <summary>The registries of a project, or outside of one, as far as they are on this machine.</summary>
    internal PackageSources OfflineSources(Project? project) =>
        new(SettingsFor(RegistriesOf(project)) with { Reading = FeedReading.Offline, Answers = null }, Store);

    /// <summary>The registries that count in a project (or outside of one): its own, then the user's.</summary>
    internal ImmutableArray<RegistryEntry> RegistriesOf(Project? project)
    {
        var user = UserRegistries.Read(Settings.Folders).Registries;
        var chosen = Configuration.Get("registry.default").Value;
        user = chosen.Length == 0 ? user : [.. user.Select(entry => entry with { IsDefault = entry.Name == chosen })];
        return UserRegistries.Merge(project?.RootManifest.Manifest.Registries ?? [], project?.Root, user, Settings.Folders.Configuration);
    }

    internal ImmutableArray<string> RegistryNames(Project project) => [.. RegistriesOf(project).Select(registry => registry.Name)];

    /// <summary>Work that nobody needs to wait for; finished before the client is gone. A failure leaves rubbish for the next run.</summary>
    internal void Later(Action work) => _later.Add(Task.Run(() =>
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run tries again.
        }
    }));

    private SourceSettings SettingsFor(ImmutableArray<RegistryEntry> registries) => new()
    {
        CacheFolder = Settings.Folders.Cache,
        Registries = [.. registries.Select(WithLimits)],
        Reading = IsOffline ? FeedReading.Offline : FeedReading.Online,
        Http = Settings.Http ?? _http.Value,
        DownloadsMax = DownloadsMax,
        Clock = Settings.Clock,
        Answers = Answers,
    };

    /// <summary>The user's own patience goes before what a registry's entry leaves at its default.</summary>
    private RegistryEntry WithLimits(RegistryEntry entry)
    {
        var (timeout, retries) = (Configuration.Get("network.timeout-seconds"), Configuration.Get("network.retries"));
        return entry with
        {
            TimeoutSeconds = timeout.Origin == ConfigurationOrigin.Default ? entry.TimeoutSeconds : timeout.Number,
            RetriesMax = retries.Origin == ConfigurationOrigin.Default ? entry.RetriesMax : retries.Number,
        };
    }

    private ContentStore MakeStore()
    {
        var folder = Configuration.Get("store.folder").Value;
        var shared = Configuration.Get("store.shared").Value;
        return new(
            new(folder.Length == 0 ? Settings.Folders.Store : folder) { SharedFolder = shared.Length == 0 ? null : shared }, Settings.Clock);
    }

    private Dictionary<string, string> ProxyVariables() =>
        ProxyNames.SelectMany(name => (string[])[name, name.ToUpperInvariant()])
            .Where(name => Settings.Environment(name) is not null)
            .ToDictionary(name => name, name => Settings.Environment(name)!);
}
