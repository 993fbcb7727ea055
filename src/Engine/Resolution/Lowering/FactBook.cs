using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>
/// Turns a request and the metadata supplied so far into facts over ordinals, piece by piece as the solver gets there
/// (docs/RESOLVER.md, "From manifests to facts").
/// </summary>
internal sealed partial class FactBook
{
    private readonly ResolutionRequest _request;
    private readonly Supplies _supplies;
    private readonly List<FactInfo> _infos = [WiringFact.Instance];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<(PackageTable, CompatibleRange?), VersionsNode> _versions = [];
    private readonly Dictionary<PackageName, List<VersionsNode>> _byName = [];
    private readonly Dictionary<string, List<(VersionsNode Node, OrdinalSet Versions)>> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<PackageName, List<(int Fact, LineFact Info)>> _asks = [];
    private readonly List<(int Fact, UnavailableFact Info)> _unavailable = [];
    private readonly Dictionary<string, VersionsNode> _members = new(StringComparer.Ordinal);

    public FactBook(ResolutionRequest request, Supplies supplies, IEnumerable<PackageName> authorised)
    {
        (_request, _supplies) = (request, supplies);
        Admission = new(request, authorised);
        Project = Add(new ProjectNode(), group: -1);
        Void = Add(new ProjectNode(), group: -1);
        Universe.Close(Void.Id);
        LowerRoots();
        Universe.Close(Project.Id);
    }

    public Universe Universe { get; } = new();

    public Preferences Preferences { get; } = new();

    public Admission Admission { get; }

    public Node Project { get; }

    /// <summary>Stands for every package that is not there; nothing of it is ever allowed.</summary>
    public Node Void { get; }

    public IEnumerable<VersionsNode> Versions => _versions.Values;

    public FactInfo Info(int fact) => _infos[Universe.TagOf(fact)];

    public Node NodeOf(int package) => _nodes[package];

    /// <summary>The nodes of the project's own manifests, in the request's order.</summary>
    public List<VersionsNode> Roots { get; } = [];

    /// <summary>Gives a waiting solver what it stopped for.</summary>
    /// <returns>The keys whose metadata is lacking.</returns>
    public ImmutableArray<PackageKey> Provide(Solver solver)
    {
        foreach (var package in solver.NeededPackages.ToArray())
        {
            Populate(package);
        }

        return [.. solver.NeededFacts.ToArray().Select(Resolve).OfType<PackageKey>().Distinct()];
    }

    /// <summary>Tells the solver where a fact leads.</summary>
    /// <returns>The key whose metadata is lacking, or null.</returns>
    private PackageKey? Resolve(int fact)
    {
        var info = (LineFact)Info(fact);
        if (!Resolve(info.Line))
        {
            return info.Line.Key;
        }

        var (target, allowed) = Destination(info.Line, info.Feature);
        Universe.Resolve(fact, target.Id, allowed);
        return null;
    }

    /// <summary>States the facts of a node that the solver is about to choose from.</summary>
    private void Populate(int package)
    {
        switch (_nodes[package])
        {
            case VersionsNode node:
                PopulateVersions(node);
                break;
            case FeatureNode node:
                PopulateFeature(node);
                break;
            case OptionalNode node:
                PopulateOptional(node);
                break;
            case WeakNode node:
                PopulateWeak(node);
                break;
            case ChoiceNode node:
                PopulateChoice(node);
                break;
            case ChoiceFeatureNode node:
                PopulateChoiceFeature(node);
                break;
            default:
                break;
        }

        Universe.Close(package);
    }

    private T Add<T>(T node, int group)
        where T : Node
    {
        node.Id = Universe.AddPackage(node.Count, group);
        _nodes.Add(node);
        return node;
    }

    private int Tag(FactInfo info)
    {
        _infos.Add(info);
        return _infos.Count - 1;
    }

    private void LowerRoots()
    {
        foreach (var root in _request.Roots)
        {
            if (root.Manifest.Package is null && root.Manifest.Dependencies.IsEmpty)
            {
                continue;
            }

            var table = RootTable.Of(root, _request.Options);
            var node = VersionsOf(table, Range(table, 0));
            _members[root.Folder] = node;
            Roots.Add(node);
        }

        foreach (var node in Roots)
        {
            var root = node.Table.Root!;
            Universe.Require(Project.Id, Project.All, node.Id, node.All, 0);
            foreach (var feature in RootActivation.Requested(root, GraphOf(node, 0)))
            {
                if (feature != FeatureGraph.Default || GraphOf(node, 0).Has(feature))
                {
                    Universe.Require(Project.Id, Project.All, FeatureOf(node, feature).Id, node.All, 0);
                }
            }
        }
    }

    private FeatureGraph GraphOf(VersionsNode node, int ordinal) =>
        node.Table.Graph(node.Releases[ordinal], _request.Options);

    private CompatibleRange? Range(PackageTable table, int index) =>
        _request.Options.Duplicates == DuplicatesPolicy.Never || table.Source is not PackageSource.Feed
            ? null
            : CompatibleRange.Of(table.Releases[index].Id.Version);

    private VersionsNode VersionsOf(PackageTable table, CompatibleRange? range)
    {
        if (_versions.TryGetValue((table, range), out var known))
        {
            return known;
        }

        var (first, count) = Extent(table, range);
        var node = Add(new VersionsNode(table, range, first, table.Releases.Slice(first, count)), group: -1);
        _versions[(table, range)] = node;
        StatePreferences(node, node);
        if (!_byName.TryGetValue(table.Name, out var sameName))
        {
            _byName[table.Name] = sameName = [];
        }

        sameName.Add(node);
        return node;
    }

    private static (int First, int Count) Extent(PackageTable table, CompatibleRange? range)
    {
        if (range is null)
        {
            return (0, table.Releases.Length);
        }

        var first = 0;
        while (CompatibleRange.Of(table.Releases[first].Id.Version) != range)
        {
            first++;
        }

        var end = first;
        while (end < table.Releases.Length && CompatibleRange.Of(table.Releases[end].Id.Version) == range)
        {
            end++;
        }

        return (first, end - first);
    }

    private void StatePreferences(VersionsNode owner, Node node)
    {
        var order = _request.Options.Strategy == VersionStrategy.Lowest ? VersionOrder.Oldest : VersionOrder.Newest;
        Preferences.SetOrder(node.Id, order);
        if (!Admission.AllowsPrereleases(owner.Name))
        {
            Preferences.Postpone(node.Id, owner.Prereleases);
        }

        if (LockedOrdinal(owner) is { } locked)
        {
            Preferences.Prefer(node.Id, locked);
        }
    }

    /// <summary>The ordinal that the lockfile has for a node, unless it was let go.</summary>
    public int? LockedOrdinal(VersionsNode node)
    {
        foreach (var locked in Admission.Locked(node.Table))
        {
            for (var i = 0; i < node.Count; i++)
            {
                if (node.Releases[i].Id.Version == locked.Id.Version)
                {
                    return i;
                }
            }
        }

        return null;
    }
}
