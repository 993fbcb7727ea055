using System.Collections.Immutable;
using System.Text.Json;

namespace Registry.Engine.Operations;

public enum TextLineKind
{
    Same,
    Removed,
    Added,
}

/// <param name="Text">Without its line end.</param>
public sealed record TextLine(TextLineKind Kind, string Text);

/// <summary>Changed lines with up to three unchanged ones around them. Line numbers count from 1.</summary>
public sealed record TextHunk(int OldStart, int OldCount, int NewStart, int NewCount, ImmutableArray<TextLine> Lines);

/// <summary>How the text of one file changes.</summary>
/// <param name="File">Relative to the project root, with `/`.</param>
/// <param name="IsNew">The file is made by this change.</param>
public sealed record TextDifference(string File, bool IsNew, ImmutableArray<TextHunk> Hunks)
{
    private const int Context = 3;

    public bool IsEmpty => Hunks.IsEmpty;

    /// <param name="old">Null when the file is new.</param>
    public static TextDifference Between(string file, string? old, string @new)
    {
        var lines = Align(SplitLines(old ?? ""), SplitLines(@new));
        return new(file, old is null, [.. Hunk(lines)]);
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", File);
        json.WriteBoolean("new", IsNew);
        json.WriteStartArray("hunks");
        foreach (var hunk in Hunks)
        {
            json.WriteStartObject();
            json.WriteNumber("old_start", hunk.OldStart);
            json.WriteNumber("old_count", hunk.OldCount);
            json.WriteNumber("new_start", hunk.NewStart);
            json.WriteNumber("new_count", hunk.NewCount);
            json.WriteStartArray("lines");
            foreach (var line in hunk.Lines)
            {
                json.WriteStringValue(Sign(line.Kind) + line.Text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Sign(TextLineKind kind) => kind switch
    {
        TextLineKind.Added => "+",
        TextLineKind.Removed => "-",
        _ => " ",
    };

    private static string[] SplitLines(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <summary>Common start and end are cut off first, so the quadratic table only covers what an edit touched.</summary>
    private static List<TextLine> Align(string[] old, string[] @new)
    {
        var start = 0;
        while (start < old.Length && start < @new.Length && old[start] == @new[start])
        {
            start++;
        }

        var end = 0;
        while (end < old.Length - start && end < @new.Length - start && old[^(end + 1)] == @new[^(end + 1)])
        {
            end++;
        }

        var lines = new List<TextLine>(old[..start].Select(text => new TextLine(TextLineKind.Same, text)));
        lines.AddRange(AlignMiddle(old[start..^end], @new[start..^end]));
        lines.AddRange(old[^end..].Select(text => new TextLine(TextLineKind.Same, text)));
        return lines;
    }

    private static IEnumerable<TextLine> AlignMiddle(string[] old, string[] @new)
    {
        const int TableMax = 4_000_000;
        if ((long)old.Length * @new.Length > TableMax)
        {
            return [.. old.Select(text => new TextLine(TextLineKind.Removed, text)), .. @new.Select(text => new TextLine(TextLineKind.Added, text))];
        }

        return Walk(old, @new, CommonLengths(old, @new));
    }

    private static int[,] CommonLengths(string[] old, string[] @new)
    {
        var lengths = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == @new[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static List<TextLine> Walk(string[] old, string[] @new, int[,] lengths)
    {
        var lines = new List<TextLine>();
        var (i, j) = (0, 0);
        while (i < old.Length || j < @new.Length)
        {
            if (i < old.Length && j < @new.Length && old[i] == @new[j])
            {
                lines.Add(new(TextLineKind.Same, old[i++]));
                j++;
            }
            else if (j == @new.Length || (i < old.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                lines.Add(new(TextLineKind.Removed, old[i++]));
            }
            else
            {
                lines.Add(new(TextLineKind.Added, @new[j++]));
            }
        }

        return lines;
    }

    private static IEnumerable<TextHunk> Hunk(List<TextLine> lines)
    {
        var at = 0;
        while (Next(lines, at) is var first && first < lines.Count)
        {
            var start = Math.Max(at, first - Context);
            var end = first;
            for (var next = first; next < lines.Count && next <= end + (2 * Context); next = Next(lines, next + 1))
            {
                end = next;
            }

            end = Math.Min(lines.Count, end + 1 + Context);
            yield return Cut(lines, start, end);
            at = end;
        }
    }

    private static int Next(List<TextLine> lines, int from)
    {
        while (from < lines.Count && lines[from].Kind == TextLineKind.Same)
        {
            from++;
        }

        return from;
    }

    private static TextHunk Cut(List<TextLine> lines, int start, int end)
    {
        var before = lines[..start];
        var cut = lines[start..end];
        return new(
            1 + before.Count(line => line.Kind != TextLineKind.Added), cut.Count(line => line.Kind != TextLineKind.Added),
            1 + before.Count(line => line.Kind != TextLineKind.Removed), cut.Count(line => line.Kind != TextLineKind.Removed),
            [.. cut]);
    }
}
