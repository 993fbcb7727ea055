using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>
/// The advisories that count for one project: what each registry publishes itself, and what was imported about the
/// ecosystem that its packages belong to. Reads only this machine; a feed in a folder is on it.
/// </summary>
internal sealed class AdvisoryEvidence
{
    private readonly Dictionary<string, Covered> _registries = new(StringComparer.Ordinal);
    private readonly Dictionary<IndexedAdvisory, Origin> _origins = new(ReferenceEqualityComparer.Instance);
    private readonly List<AdvisorySource> _used = [];
    private readonly List<Problem> _gaps = [];

    private AdvisoryEvidence()
    {
    }

    private sealed record Origin(AdvisorySource Source, AdvisoryShelf Shelf);

    private sealed record Part(AdvisoryIndex Index, ImmutableArray<string> Ecosystems, Origin Origin);

    /// <param name="Ecosystem">Null where nothing says which it is.</param>
    private sealed record Covered(string? Ecosystem, ImmutableArray<Part> Parts);

    /// <summary>The sources that say something about the project's registries.</summary>
    public IReadOnlyList<AdvisorySource> Used => _used;

    /// <summary>A problem for each registry whose packages nothing is known of.</summary>
    public IReadOnlyList<Problem> Gaps => _gaps;

    /// <param name="registries">By name: those that the lockfile takes packages from.</param>
    public static async Task<AdvisoryEvidence> ReadAsync(
        RegistryClient client, PackageSources sources, IEnumerable<string> registries, CancellationToken cancellation)
    {
        var evidence = new AdvisoryEvidence();
        var library = client.Advisories;
        var there = library.Sources();
        var imports = there.Where(source => source.Kind == AdvisorySourceKind.Import)
            .Select(source => (source, new Lazy<AdvisoryIndex>(() => library.Shelf.Index(source.Content, cancellation)))).ToArray();
        foreach (var registry in registries)
        {
            var (ecosystem, parts) = await OwnAsync(client, sources, registry, there, cancellation).ConfigureAwait(false);
            foreach (var (source, index) in imports.Where(import => ecosystem is not null && import.source.Ecosystems.Contains(ecosystem, StringComparer.OrdinalIgnoreCase)))
            {
                parts.Add(new(index.Value, [ecosystem!], new(source, library.Shelf)));
            }

            evidence.Add(registry, ecosystem, parts);
        }

        return evidence;
    }

    /// <summary>Whether anything would be known of a flaw in a package of this registry.</summary>
    public bool Covers(string registry) => _registries.GetValueOrDefault(registry) is { Parts.IsEmpty: false };

    /// <summary>The flaws of a version, the gravest first.</summary>
    public ImmutableArray<AdvisoryMatch> Match(string registry, PackageId package, WithdrawnAdvisories withdrawn)
    {
        if (!_registries.TryGetValue(registry, out var covered))
        {
            return [];
        }

        var known = ImmutableArray.CreateBuilder<IndexedAdvisory>();
        foreach (var part in covered.Parts)
        {
            foreach (var entry in part.Ecosystems.SelectMany(ecosystem => part.Index.Of(ecosystem, package.Name.Value)))
            {
                _origins[entry] = part.Origin;
                known.Add(entry);
            }
        }

        return AdvisoryMatcher.Match(known.ToImmutable(), covered.Ecosystem is { } home ? [home] : [], package.Version, withdrawn);
    }

    /// <summary>The whole record of an advisory that <see cref="Match"/> gave; null when it cannot be read.</summary>
    public Advisory? Record(IndexedAdvisory advisory) =>
        _origins.TryGetValue(advisory, out var origin) ? origin.Shelf.Record(origin.Source.Content, advisory.Header.Record) : null;

    /// <summary>The source that an advisory of <see cref="Match"/> came from.</summary>
    public string SourceOf(IndexedAdvisory advisory) => _origins[advisory].Source.Name;

    private static async Task<(string? Ecosystem, List<Part> Parts)> OwnAsync(
        RegistryClient client, PackageSources sources, string registry, ImmutableArray<AdvisorySource> there, CancellationToken cancellation)
    {
        var configured = sources.Routes.Registries.FirstOrDefault(entry => entry.Name == registry)?.Ecosystem;
        var parts = new List<Part>();
        FeedFacts facts;
        try
        {
            facts = await sources.ReadFactsAsync(registry, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException e) when (e.Problem.Kind is ProblemKind.Unavailable or ProblemKind.NotFound or ProblemKind.Project)
        {
            // Never read on this machine, or gone: what was set is all we know of it.
            return (configured, parts);
        }

        var ecosystem = configured ?? facts.Ecosystem;
        if (facts.IsLocal)
        {
            await AddFolderAsync(client, sources, facts, parts, cancellation).ConfigureAwait(false);
        }
        else if (there.FirstOrDefault(source => source.Kind == AdvisorySourceKind.Feed && source.Place == facts.Address) is { } kept)
        {
            parts.Add(new(client.Advisories.Shelf.OwnIndex(kept.Content, facts.Ecosystem, cancellation), [AdvisoryShelf.OwnEcosystem], new(kept, client.Advisories.Shelf)));
        }

        return (ecosystem, parts);
    }

    /// <summary>What a feed in a folder publishes is at hand and current, so it is read as it is now.</summary>
    private static async Task AddFolderAsync(
        RegistryClient client, PackageSources sources, FeedFacts facts, List<Part> parts, CancellationToken cancellation)
    {
        if (facts.Advisories is null || await sources.ReadAdvisoriesAsync(facts.Registry, cancellation).ConfigureAwait(false) is not { } lines)
        {
            return;
        }

        var shelf = client.FolderAdvisories;
        var content = ContentHash.Of(lines.Span);
        if (!shelf.Has(content))
        {
            shelf.Keep(content, lines.Span);
        }

        var index = shelf.OwnIndex(content, facts.Ecosystem, cancellation);
        var source = new AdvisorySource(AdvisorySourceKind.Feed, facts.Registry, facts.Address, content)
        {
            Records = index.Count,
            Newest = index.NewestModified > DateTimeOffset.MinValue ? index.NewestModified : null,
            Updated = client.Settings.Clock.GetUtcNow(),
        };
        parts.Add(new(index, [AdvisoryShelf.OwnEcosystem], new(source, shelf)));
    }

    private void Add(string registry, string? ecosystem, List<Part> parts)
    {
        _registries[registry] = new(ecosystem, [.. parts]);
        _used.AddRange(parts.Select(part => part.Origin.Source).Where(source => !_used.Contains(source)));
        if (parts.Count == 0)
        {
            _gaps.Add(ecosystem is null
                ? new(
                    ProblemCode.AdvisoriesMissing, $"nothing is known of flaws in packages of the registry `{registry}`: it publishes no advisories, and does not say which ecosystem it belongs to",
                    $"fetch what registries publish with `cairn advisories update`, or set `ecosystem` in [registries.{registry}]")
                : new(
                    ProblemCode.AdvisoriesMissing, $"there are no advisories about {ecosystem} on this machine, so nothing is known of flaws in packages of `{registry}`",
                    "fetch what registries publish with `cairn advisories update`, or import a file: `cairn advisories import PATH`"));
        }
    }
}
