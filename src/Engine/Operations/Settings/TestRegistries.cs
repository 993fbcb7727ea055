using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

public enum RegistryState
{
    Ok,

    /// <summary>On the web, and the network is not to be used.</summary>
    NotAsked,
    Failed,
}

/// <summary>How one registry answered just now.</summary>
/// <param name="Delay">From asking until its state was here and verified.</param>
/// <param name="Problem">Why it failed, or was not asked.</param>
public sealed record RegistryTest(string Name, string Address, RegistryState State, TimeSpan Delay, Problem? Problem)
{
    /// <summary>What it calls itself; empty when it did not answer.</summary>
    public string Id { get; init; } = "";

    /// <summary>Counts its changes; null when it did not answer.</summary>
    public long? Serial { get; init; }

    /// <summary>Names it has; null when it did not answer, or has no list of them.</summary>
    public int? Names { get; init; }

    /// <summary>Whether it signs what it serves.</summary>
    public bool IsSigned { get; init; }
}

public sealed record RegistryTestReport(ImmutableArray<RegistryTest> Registries) : IReport
{
    public string Kind => "registry-test";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("registries"u8);
        foreach (var test in Registries)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, test.Name);
            json.WriteString("address"u8, test.Address);
            json.WriteString("state"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(test.State.ToString()));
            json.WriteNumber("milliseconds"u8, Math.Round(test.Delay.TotalMilliseconds, 1));
            json.WriteString("id"u8, test.Id);
            json.WriteOptional("serial", test.Serial);
            json.WriteOptional("names", test.Names);
            json.WriteBoolean("signed"u8, test.IsSigned);
            json.WriteProblems("problems", test.Problem is { } problem ? [problem] : []);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn registry test`: asks registries for their state, as every command does first, and says how long that took.</summary>
/// <param name="folder">Absolute; the project in it or above it adds its own.</param>
/// <param name="names">Empty for all.</param>
internal sealed class TestRegistries(RegistryClient client, string folder, ImmutableArray<string> names) : Query<RegistryTestReport>
{
    protected override async Task<RegistryTestReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var sources = ReleaseLookup.Open(client, folder, out _);
        var entries = names.IsEmpty ? sources.Routes.Registries : [.. names.Select(sources.Routes.Find)];
        var tests = await Task.WhenAll(entries.Select(entry => Task.Run(() => TestAsync(sources, entry, cancellation), cancellation))).ConfigureAwait(false);
        return new([.. tests]);
    }

    private async Task<RegistryTest> TestAsync(Sources.PackageSources sources, RegistryEntry entry, CancellationToken cancellation)
    {
        var address = entry.Address ?? "";
        if (client.IsOffline && WebRegistry.IsWeb(entry))
        {
            return new(entry.Name, address, RegistryState.NotAsked, TimeSpan.Zero, new(
                ProblemCode.OfflineMissing, $"`{entry.Name}` is on the web and cairn is offline", "leave out --offline, or `cairn config set network.offline false`"));
        }

        var started = client.Settings.Clock.GetTimestamp();
        try
        {
            var state = await sources.StateAsync(entry.Name, cancellation).ConfigureAwait(false);
            var delay = client.Settings.Clock.GetElapsedTime(started);
            var all = state.Snapshot.Names is null ? null : await sources.ReadNamesAsync(entry.Name, cancellation).ConfigureAwait(false);
            return new(entry.Name, address, RegistryState.Ok, delay, null)
            {
                Id = state.Description.Id,
                Serial = state.Timestamp.Serial,
                Names = all?.Count(),
                IsSigned = state.Description.Trust == Formats.Feeds.FeedTrustMode.Signed,
            };
        }
        catch (ProblemException e)
        {
            return new(entry.Name, address, RegistryState.Failed, client.Settings.Clock.GetElapsedTime(started), e.Problem);
        }
    }
}
