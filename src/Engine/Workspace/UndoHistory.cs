using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Registry.Engine.Workspace;

public enum HistoryKind
{
    Change,
    Undo,
    Redo,
}

/// <summary>One applied change of manifests and lockfile.</summary>
/// <param name="Of">For an undo or redo, the change it takes back or does again.</param>
/// <param name="Command">The command line that makes it.</param>
/// <param name="Summary">What it did, in a few words.</param>
public sealed record HistoryEntry(
    int Number, HistoryKind Kind, int? Of, string Command, string Summary, DateTimeOffset At, ImmutableArray<HistoryFile> Files);

/// <summary>A file before and after; null where there was none.</summary>
/// <param name="Target">Relative to the project root.</param>
public sealed record HistoryFile(string Target, byte[]? Before, byte[]? After);

/// <summary>
/// What changes did to a project, as `.cairn/history/NNNN`. Only ever added to: taking a change back is an entry too, so
/// that where undo and redo stand follows from the entries alone.
/// </summary>
public sealed class UndoHistory
{
    /// <summary>Older entries are forgotten.</summary>
    public const int EntriesMax = 50;

    private const string EntryFile = "entry.json";
    private const int EntryLengthMax = 64 * 1024;

    private readonly StateFolder _state;

    private UndoHistory(StateFolder state, ImmutableArray<int> numbers) => (_state, Numbers) = (state, numbers);

    /// <summary>The entries there are, oldest first.</summary>
    public ImmutableArray<int> Numbers { get; }

    public int Next => Numbers.IsEmpty ? 1 : Numbers[^1] + 1;

    public static UndoHistory Open(StateFolder state)
    {
        var numbers = Directory.Exists(state.History)
            ? Directory.EnumerateDirectories(state.History)
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
                .Where(number => number > 0 && File.Exists(Path.Combine(FolderOf(state, number), EntryFile)))
                .Order()
            : Enumerable.Empty<int>();
        return new(state, [.. numbers]);
    }

    /// <summary>The change that an undo takes back; null when there is none.</summary>
    public HistoryEntry? ToUndo() => Stacks().Done is [.., var number] ? Read(number) : null;

    /// <summary>The changes that count now, the oldest first, without the contents of their files.</summary>
    public ImmutableArray<HistoryEntry> Done() => [.. Stacks().Done.Select(ReadHead).OfType<HistoryEntry>()];

    /// <summary>The changes from the newest that counts back to one, the newest first; empty when that one does not count.</summary>
    public ImmutableArray<HistoryEntry> DoneSince(int number)
    {
        var done = Stacks().Done;
        var at = done.IndexOf(number);
        return at < 0 ? [] : [.. done.Skip(at).Reverse().Select(Read).OfType<HistoryEntry>()];
    }

    /// <summary>The change that a redo does again; null when there is none.</summary>
    public HistoryEntry? ToRedo() => Stacks().Undone is [.., var number] ? Read(number) : null;

    /// <summary>An entry with the contents of its files; null when it cannot be read.</summary>
    public HistoryEntry? Read(int number) => Read(number, ReadIfAny);

    private HistoryEntry? ReadHead(int number) => Read(number, static _ => null);

    private HistoryEntry? Read(int number, Func<string, byte[]?> content)
    {
        var folder = FolderOf(_state, number);
        var file = new FileInfo(Path.Combine(folder, EntryFile));
        try
        {
            return file.Exists && file.Length <= EntryLengthMax ? Parse(number, folder, File.ReadAllBytes(file.FullName), content) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    internal static string FolderOf(StateFolder state, int number) =>
        Path.Combine(state.History, number.ToString("D4", CultureInfo.InvariantCulture));

    /// <summary>Writes an entry into a folder that a transaction then puts in its place.</summary>
    internal static void Stage(ProjectDisk disk, string folder, HistoryEntry entry)
    {
        disk.MakeFolder(folder);
        for (var i = 0; i < entry.Files.Length; i++)
        {
            WriteIfAny(disk, Path.Combine(folder, $"{i}.before"), entry.Files[i].Before);
            WriteIfAny(disk, Path.Combine(folder, $"{i}.after"), entry.Files[i].After);
        }

        disk.Write(Path.Combine(folder, EntryFile), ToBytes(entry));
    }

    /// <summary>Deletes what is over the bound.</summary>
    internal void Trim(ProjectDisk disk)
    {
        foreach (var number in Numbers.Take(Math.Max(0, Numbers.Length - EntriesMax)))
        {
            disk.DeleteFolder(FolderOf(_state, number));
        }
    }

    private (List<int> Done, List<int> Undone) Stacks()
    {
        var (done, undone) = (new List<int>(), new List<int>());
        foreach (var entry in Numbers.Select(ReadHead).OfType<HistoryEntry>())
        {
            switch (entry.Kind)
            {
                case HistoryKind.Change:
                    done.Add(entry.Number);
                    undone.Clear();
                    break;
                case HistoryKind.Undo when done.IndexOf(entry.Of!.Value) is >= 0 and var at:
                    // One undo may go back over several changes: the last one taken back is done again first.
                    undone.AddRange(done.Skip(at).Reverse());
                    done.RemoveRange(at, done.Count - at);
                    break;
                case HistoryKind.Redo when undone.Remove(entry.Of!.Value):
                    done.Add(entry.Of.Value);
                    break;
                default:
                    break;
            }
        }

        return (done, undone);
    }

    private static void WriteIfAny(ProjectDisk disk, string file, byte[]? content)
    {
        if (content is not null)
        {
            disk.Write(file, content);
        }
    }

    private static byte[] ToBytes(HistoryEntry entry)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("kind", entry.Kind.ToString());
            json.WriteNumber("of", entry.Of ?? 0);
            json.WriteString("command", entry.Command);
            json.WriteString("summary", entry.Summary);
            json.WriteString("at", entry.At);
            json.WriteStartArray("files");
            foreach (var file in entry.Files)
            {
                json.WriteStringValue(file.Target);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static HistoryEntry Parse(int number, string folder, byte[] bytes, Func<string, byte[]?> content)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        var targets = root.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToList();
        return new(
            number,
            Enum.Parse<HistoryKind>(root.GetProperty("kind").GetString()!),
            root.GetProperty("of").GetInt32(),
            root.GetProperty("command").GetString()!,
            root.GetProperty("summary").GetString()!,
            root.GetProperty("at").GetDateTimeOffset(),
            [.. targets.Select((target, i) => new HistoryFile(
                target, content(Path.Combine(folder, $"{i}.before")), content(Path.Combine(folder, $"{i}.after"))))]);
    }

    private static byte[]? ReadIfAny(string file) => File.Exists(file) ? File.ReadAllBytes(file) : null;
}
