using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A registry that counts in a folder.</summary>
/// <param name="Where">`project` or `user`: whose file names it.</param>
/// <param name="Place">What can be said of it without asking it.</param>
public sealed record ListedRegistry(RegistryEntry Entry, string Where, RegistryPlace Place);

public sealed record RegistriesReport(ImmutableArray<ListedRegistry> Registries) : IReport
{
    public string Kind => "registries";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("registries"u8);
        foreach (var (entry, where, place) in Registries)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, entry.Name);
            json.WriteString("address"u8, entry.Address);
            json.WriteStrings("packages", entry.Packages);
            json.WriteBoolean("default"u8, entry.IsDefault);
            json.WriteBoolean("allow_insecure"u8, entry.AllowInsecure);
            json.WriteString("where"u8, where);
            json.WriteString("place"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(place.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn registry list`.</summary>
/// <param name="folder">Absolute; the project in it or above it adds its own.</param>
internal sealed class ReadRegistries(RegistryClient client, string folder) : Query<RegistriesReport>
{
    protected override Task<RegistriesReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var project = Project.TryFind(folder);
        var own = project?.RootManifest.Manifest.Registries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        return Task.FromResult(new RegistriesReport(
            [.. client.RegistriesOf(project).Select(entry => new ListedRegistry(
                entry, own.Contains(entry.Name) ? "project" : "user", ReadRegistryOverview.PlaceOf(entry)))]));
    }
}
