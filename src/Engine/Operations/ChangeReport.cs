using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>What a change has done.</summary>
public sealed record ChangeReport : IReport
{
    /// <summary>The project root, absolute.</summary>
    public required string Folder { get; init; }

    public required string Command { get; init; }

    /// <summary>Nothing was to do.</summary>
    public required bool WasEmpty { get; init; }

    /// <summary>The manifests written, relative to the root.</summary>
    public ImmutableArray<string> Manifests { get; init; } = [];

    public bool LockfileWritten { get; init; }

    public LockDifference Lock { get; init; } = new([]);

    public ImmutableArray<PackageId> Installed { get; init; } = [];

    public ImmutableArray<PackageId> Removed { get; init; } = [];

    /// <summary>How many packages the install directory holds now.</summary>
    public int PackagesInstalled { get; init; }

    public int PackagesFetched { get; init; }

    /// <summary>Compressed bytes downloaded.</summary>
    public long BytesFetched { get; init; }

    public ImmutableArray<Problem> Warnings { get; init; } = [];

    /// <summary>The entry of the undo history that takes this back; null when manifest and lockfile stayed as they were.</summary>
    public int? HistoryEntry { get; init; }

    /// <summary>From the start of applying.</summary>
    public TimeSpan Elapsed { get; init; }

    public string Kind => "change";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder", Folder);
        json.WriteString("command", Command);
        json.WriteBoolean("empty", WasEmpty);
        json.WriteStartArray("manifests");
        foreach (var manifest in Manifests)
        {
            json.WriteStringValue(manifest);
        }

        json.WriteEndArray();
        json.WriteBoolean("lockfile_written", LockfileWritten);
        json.WriteChanges("lock", Lock);
        json.WritePackages("installed", Installed);
        json.WritePackages("removed", Removed);
        json.WriteNumber("packages", PackagesInstalled);
        json.WriteNumber("fetched", PackagesFetched);
        json.WriteNumber("fetched_bytes", BytesFetched);
        json.WriteProblems("warnings", Warnings);
        json.WriteOptional("history_entry", HistoryEntry);
        json.WriteNumber("milliseconds", (long)Elapsed.TotalMilliseconds);
    }
}
