using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>
/// Files that somebody looked at and called fine, by path and content, in `.cairn/fine-files`: one `sha256:… path` a line.
/// Another content is looked at again. A file of this list that is damaged counts as empty.
/// </summary>
internal sealed class FineFiles
{
    private const string FileName = "fine-files";
    private const int BytesMax = 1 << 20;
    private const int MarksMax = 5_000;

    private readonly StateFolder _state;
    private readonly ImmutableHashSet<string> _lines;

    private FineFiles(StateFolder state, ImmutableHashSet<string> lines) => (_state, _lines) = (state, lines);

    public static FineFiles Read(StateFolder state)
    {
        state.Check();
        var path = PathIn(state);
        try
        {
            var bytes = File.Exists(path) ? PlainFile.Read(path, BytesMax) : null;
            return new(state, bytes is null ? [] : [.. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(state, []);
        }
    }

    public bool Has(string path, ContentHash hash) => _lines.Contains(Line(path, hash));

    /// <summary>Says that a content is fine, or takes that back.</summary>
    public void Save(string path, ContentHash hash, FineMark mark)
    {
        var lines = mark == FineMark.IsFine ? _lines.Add(Line(path, hash)) : _lines.Remove(Line(path, hash));
        if (lines.Count > MarksMax)
        {
            throw new Problem(
                ProblemCode.UsageInvalid, $"more than {MarksMax} files are marked as fine", "leave some of them out of the package: `exclude` of [package]").Raise();
        }

        _state.Make();
        AtomicFile.Write(PathIn(_state), Encoding.UTF8.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal).Select(line => line + "\n"))), Durability.Fast);
    }

    private static string PathIn(StateFolder state) => Path.Combine(state.Path, FileName);

    // A path may hold a line break; what is shown of it does not.
    private static string Line(string path, ContentHash hash) => $"{hash} {Printable.Of(path)}";
}

/// <summary>What a person says of a file that was shown to them.</summary>
public enum FineMark
{
    IsFine,
    NeedsLook,
}
