using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>A file that a change replaces, makes or deletes.</summary>
/// <param name="Target">Relative to the project root.</param>
/// <param name="Deletes">The file goes; else its new content is staged under the file's number.</param>
internal sealed record JournalFile(string Target, bool Deletes);

/// <summary>
/// What a change is about to do to the project, complete: once it is on the disk the change happens, in this run or at
/// the start of the next (docs/formats/project-state.md).
/// </summary>
/// <param name="Id">Names the staging folder, and is in the marker of the staged tree.</param>
/// <param name="Tree">The install directory that the staged tree replaces; null when it stays.</param>
/// <param name="DeletesTree">The install directory goes and nothing comes in its place.</param>
/// <param name="Files">In the order of writing: manifests, the lockfile last.</param>
/// <param name="History">The number that the staged history entry gets; null when there is none.</param>
internal sealed record Journal(string Id, string? Tree, bool DeletesTree, ImmutableArray<JournalFile> Files, int? History)
{
    private const int Version = 1;
    private const int LengthMax = 1 << 20;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("id", Id);
            json.WriteString("tree", Tree);
            json.WriteBoolean("deletes_tree", DeletesTree);
            json.WriteStartArray("files");
            foreach (var file in Files)
            {
                json.WriteStartObject();
                json.WriteString("target", file.Target);
                json.WriteBoolean("deletes", file.Deletes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            _ = History is { } number ? Write(json, number) : null;
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <returns>Null when there is none.</returns>
    /// <exception cref="ProblemException">WorkspaceInvalid when it cannot be understood.</exception>
    public static Journal? Read(StateFolder state)
    {
        if (new FileInfo(state.Journal) is not { Exists: true } file)
        {
            return null;
        }

        try
        {
            return file.Length > LengthMax ? throw Unreadable(state, null) : Parse(File.ReadAllBytes(state.Journal));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Unreadable(state, e);
        }
    }

    private static Journal Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        var id = root.GetProperty("id").GetString()!;
        if (root.GetProperty("version").GetInt32() != Version || id.AsSpan().IndexOfAnyExcept("0123456789abcdef-") >= 0)
        {
            throw new JsonException("not a journal of this version");
        }

        return new(
            id,
            root.GetProperty("tree").GetString(),
            root.GetProperty("deletes_tree").GetBoolean(),
            [.. root.GetProperty("files").EnumerateArray().Select(f =>
                new JournalFile(f.GetProperty("target").GetString()!, f.GetProperty("deletes").GetBoolean()))],
            root.TryGetProperty("history", out var history) ? history.GetInt32() : null);
    }

    private static Utf8JsonWriter Write(Utf8JsonWriter json, int history)
    {
        json.WriteNumber("history", history);
        return json;
    }

    private static ProblemException Unreadable(StateFolder state, Exception? cause) => new Problem(
        ProblemCode.WorkspaceInvalid, $"`{state.Journal}` cannot be read, so an interrupted change cannot be finished",
        $"if the project looks right, remove it: `rm -r {state.Path}`, then `cairn install`").Raise(cause);
}
