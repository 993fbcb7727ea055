using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A change of the project that was applied and counts.</summary>
/// <param name="Command">The command line that makes it.</param>
/// <param name="Summary">What it did, in a few words.</param>
public sealed record PastChange(int Number, string Command, string Summary, DateTimeOffset At);

/// <summary>The changes that can be taken back, the oldest first.</summary>
public sealed record HistoryReport(ImmutableArray<PastChange> Changes) : IReport
{
    public string Kind => "history";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("changes"u8);
        foreach (var change in Changes)
        {
            json.WriteStartObject();
            json.WriteNumber("number"u8, change.Number);
            json.WriteString("command"u8, change.Command);
            json.WriteString("summary"u8, change.Summary);
            json.WriteString("at"u8, change.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>Reads the history of the project in a folder or above it.</summary>
internal sealed class ReadHistory(string folder) : Query<HistoryReport>
{
    protected override Task<HistoryReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var done = ProjectFinder.RootOf(folder) is { } root ? UndoHistory.Open(Project.Find(root).State).Done() : [];
        return Task.FromResult(new HistoryReport([.. done.Select(entry => new PastChange(entry.Number, entry.Command, entry.Summary, entry.At))]));
    }
}
