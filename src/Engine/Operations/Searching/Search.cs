using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Progress;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project in it or above it says which registries count.</param>
/// <param name="Registry">Only this one; null for all.</param>
public sealed record SearchRequest(string Folder, string Query, int CountMax = 20, string? Registry = null);

public sealed record SearchReport(string Query, int Total, ImmutableArray<SearchHit> Hits) : IReport
{
    public string Kind => "search";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("query"u8, Query);
        json.WriteNumber("total"u8, Total);
        json.WriteStartArray("packages"u8);
        foreach (var hit in Hits)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, hit.Package.Name.Value);
            json.WriteString("latest"u8, hit.Package.Latest?.ToString());
            json.WriteString("description"u8, hit.Package.Description);
            json.WriteStrings("keywords", hit.Package.Keywords);
            json.WriteString("registry"u8, hit.Package.Registry);
            json.WriteNumber("score"u8, hit.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn search`.</summary>
internal sealed class Search(RegistryClient client, SearchRequest request) : Query<SearchReport>
{
    protected override async Task<SearchReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var index = await Names.ReadAsync(client, request.Folder, request.Registry, cancellation).ConfigureAwait(false);
        var hits = index.Search(request.Query, request.CountMax);
        return new(request.Query, hits.Total, hits.Best);
    }
}

/// <summary>All names of the registries that count in a folder, for search as the user types.</summary>
internal sealed class Names(RegistryClient client, string folder) : Query<NameIndex>
{
    protected override Task<NameIndex> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => ReadAsync(client, folder, null, cancellation), cancellation);

    /// <param name="registry">Null for all, each name from the one it is routed to.</param>
    public static async Task<NameIndex> ReadAsync(RegistryClient client, string folder, string? registry, CancellationToken cancellation)
    {
        using var sources = ReleaseLookup.Open(client, folder, out _);
        var names = await sources.ReadNamesAsync(registry, cancellation).ConfigureAwait(false);
        return new(names.Select(name => new FoundPackage(
            name.Name, name.Latest, name.Description, name.Keywords, registry ?? sources.Routes.Resolve(name.Name).Name)));
    }
}
