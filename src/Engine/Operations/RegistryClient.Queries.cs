using Registry.Engine.Operations.Searching;

namespace Registry.Engine.Operations;

/// <summary>What reads and reports.</summary>
public sealed partial class RegistryClient
{
    public Query<TreeReport> Tree(TreeRequest request) => new Tree(this, request);

    public Query<ListReport> List(ListRequest request) => new List(this, request);

    /// <summary>How the project came to need a package.</summary>
    public Query<WhyReport> Why(WhyRequest request) => new Why(this, request);

    public Query<SearchReport> Search(SearchRequest request) => new Search(this, request);

    /// <summary>All names, for search as the user types.</summary>
    /// <param name="folder">Absolute; the project in it or above it says which registries count.</param>
    public Query<NameIndex> Names(string folder) => new Names(this, folder);

    public Query<InfoReport> Info(InfoRequest request) => new Info(this, request);

    public Query<VersionsReport> Versions(VersionsRequest request) => new Versions(this, request);

    public Query<OutdatedReport> Outdated(OutdatedRequest request) => new Outdated(this, request);
}
