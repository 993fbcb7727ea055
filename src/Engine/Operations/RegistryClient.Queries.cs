using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>What looks at projects, packages and settings, and what publishes.</summary>
public sealed partial class RegistryClient
{
    /// <summary>What a feed that is given as a folder is called for the time of an operation.</summary>
    internal const string FeedName = "feed";

    public Query<TreeReport> Tree(TreeRequest request) => new Tree(this, request);

    public Query<ListReport> List(ListRequest request) => new List(this, request);

    /// <summary>How the project came to need a package.</summary>
    public Query<WhyReport> Why(WhyRequest request) => new Why(this, request);

    /// <summary>Whether the project can have a version of a package, and what is in the way.</summary>
    public Query<WhyNotReport> WhyNot(WhyNotRequest request) => new WhyNot(this, request);

    /// <summary>Everything that can be said of a project without the network.</summary>
    /// <param name="folder">Absolute; the project is in it or above it.</param>
    public Query<CheckReport> Check(string folder) => new Check(this, folder);

    /// <summary>Reads everything that a feed names.</summary>
    /// <param name="feed">Its folder, absolute.</param>
    public static Query<CheckFeedReport> CheckFeed(string feed) => new CheckFeed(feed);

    public Query<SearchReport> Search(SearchRequest request) => new Search(this, request);

    /// <summary>All names, for search as the user types.</summary>
    /// <param name="folder">Absolute; the project in it or above it says which registries count.</param>
    public Query<NameIndex> Names(string folder) => new Names(this, folder);

    public Query<InfoReport> Info(InfoRequest request) => new Info(this, request);

    /// <summary>README and files of a release.</summary>
    public Query<ContentsReport> Contents(ContentsRequest request) => new Contents(this, request, new LookingSources.Own(this, request.Folder));

    /// <summary>What changed between two versions of a package.</summary>
    public Query<ReleaseDifferenceReport> ReleaseDifference(ReleaseDifferenceRequest request) =>
        new ReleaseDifference(this, request, new LookingSources.Own(this, request.Folder));

    public Query<VersionsReport> Versions(VersionsRequest request) => new Versions(this, request);

    public Query<OutdatedReport> Outdated(OutdatedRequest request) => new Outdated(this, request);

    /// <summary>An archive as it would be published, as a file.</summary>
    public Change<PackReport, PackReport> Pack(PackRequest request) => new Pack(this, request);

    /// <summary>Everything there is to see before publishing: checks, files, differences, and the archive built once.</summary>
    public Query<PublishReview> ReviewPublish(PublishRequest request) => new ReviewPublish(this, request);

    /// <summary>What version the package of a request has in its manifest.</summary>
    public Query<SemanticVersion> PackageVersion(PublishRequest request) => new ReadPackageVersion(this, request);

    /// <summary>To a registry that is a folder: exactly the bytes that the review is of.</summary>
    public Change<PublishReview, PublishReport> Publish(PublishRequest request) => new Publish(this, request);

    /// <summary>Remembers in the project that a flagged file of a review was looked at and is fine, or takes that back.</summary>
    /// <param name="path">As the review lists it.</param>
    public Change<MarkReport, MarkReport> MarkFile(PackageReview review, string path, FineMark mark) => new MarkFile(this, review, path, mark);

    /// <summary>Hides a version from new resolutions, or shows it again.</summary>
    public Change<YankReport, YankReport> Yank(YankRequest request) => new Yank(this, request);

    public Change<FeedInitReport, FeedInitReport> FeedInit(FeedInitRequest request) => new FeedInit(this, request);

    public Change<FeedAddReport, FeedAddReport> FeedAdd(FeedAddRequest request) => new FeedAdd(this, request);

    /// <summary>A manifest of ours from one of Cargo or npm.</summary>
    public static Change<MigrateReport, MigrateReport> Migrate(MigrateRequest request) => new Migrate(request);

    /// <summary>The dependencies of a Cargo.toml or package.json, as edits for <see cref="Add"/>.</summary>
    /// <param name="folder">Absolute; where the edits are made.</param>
    /// <param name="file">Absolute.</param>
    public static Query<ForeignDependenciesReport> ReadForeign(string folder, ForeignKind kind, string file) => new ReadForeign(folder, kind, file);

    /// <summary>A sample project and the feed it is served from, in a folder to play with.</summary>
    public Change<DemoReport, DemoReport> Demo(DemoRequest request) => new Demo(this, request);

    /// <param name="name">Null for all settings.</param>
    /// <param name="checkKeys">Says what is wrong with the keys of the screen; null when nobody here knows its commands.</param>
    public Query<ConfigurationReport> ReadConfiguration(string? name, Func<KeySettings, ImmutableArray<Problem>>? checkKeys = null) =>
        new ReadConfiguration(this, name, checkKeys);

    /// <summary>The keys of the screen, as the user's configuration has them.</summary>
    /// <exception cref="ProblemException">What is wrong with the configuration.</exception>
    public KeySettings ReadKeys() => KeySettings.Of(Configuration);

    /// <param name="value">Null takes the setting away.</param>
    public Change<UserFileReport, UserFileReport> SetConfiguration(string name, string? value) => new UserFileChange(() =>
    {
        var text = Configuration.With(name, value);
        return new(Settings.Folders.ConfigurationFile, TextDifference.Between(Settings.Folders.ConfigurationFile, Configuration.Text, text))
        {
            Save = () => Workspace.UserConfiguration.Save(Settings.Folders, text),
        };
    });

    /// <summary>The applied changes of a project that can be taken back.</summary>
    public static Query<HistoryReport> History(string folder) => new ReadHistory(folder);

    /// <summary>Every place on this machine that cairn uses.</summary>
    public Query<PathsReport> Paths(string folder) => new ReadPaths(this, folder);

    public Query<RegistriesReport> Registries(string folder) => new ReadRegistries(this, folder);

    /// <summary>Registries with what is known of each without asking it, routes, cache and offline readiness.</summary>
    public Query<RegistryOverview> RegistryOverview(string folder) => new ReadRegistryOverview(this, folder);

    /// <summary>Asks registries for their state and measures how long it takes.</summary>
    /// <param name="names">Empty for all that count in the folder.</param>
    public Query<RegistryTestReport> TestRegistries(string folder, ImmutableArray<string> names) => new TestRegistries(this, folder, names);

    /// <summary>How registries answered since the program began, the latest first; at most 100.</summary>
    public ImmutableArray<RegistryAnswer> LastAnswers => Answers.Latest;

    /// <summary>Changes what is given of one of the user's registries.</summary>
    /// <param name="folder">What a relative address is relative to.</param>
    public Change<UserFileReport, UserFileReport> EditRegistry(RegistryEdit edit, string folder) =>
        new UserFileChange(() => RegistryEdits.Edit(Settings.Folders, edit, folder));

    /// <summary>Moves one of the user's registries among the others. Only lists follow this order: each name has one source whatever the order.</summary>
    public Change<UserFileReport, UserFileReport> MoveRegistry(string name, MoveDirection direction) =>
        new UserFileChange(() => RegistryEdits.Move(Settings.Folders, name, direction));

    /// <summary>Adds a registry to the user's. The first without patterns becomes the default.</summary>
    /// <param name="folder">What a relative address is relative to.</param>
    public Change<UserFileReport, UserFileReport> AddRegistry(RegistryEntry entry, string folder) =>
        new UserFileChange(() => RegistryEdits.Add(Settings.Folders, entry, folder));

    public Change<UserFileReport, UserFileReport> RemoveRegistry(string name) =>
        new UserFileChange(() => RegistryEdits.Remove(Settings.Folders, name));

    public Query<StoreStatsReport> StoreStats() => new StoreStats(this);

    /// <summary>Reads every file of the store and throws damaged packages away, or only reports them.</summary>
    public Query<StoreVerifyReport> StoreVerify(DamagedPackages damaged) => new StoreVerify(this, damaged);

    public Change<CleanReport, CleanReport> Clean(CleanRequest request) => new Clean(this, request);

    /// <summary>One feed as the only source there is.</summary>
    /// <param name="feed">Its folder, absolute.</param>
    internal PackageSources SourcesOf(string feed) =>
        new(SettingsFor([new RegistryEntry(FeedName, feed, []) { IsDefault = true }]), Store);
}
