using System.Collections.Immutable;

namespace Registry.Engine.Formats.Toml;

/// <summary>Lines, indents, comments and sections of a document: what an edit copies or keeps clear of.</summary>
internal sealed class TomlLayout(TomlDocument document)
{
    private readonly string _text = document.Text;

    /// <summary>The line end the document uses first.</summary>
    public string Newline { get; } =
        document.Text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var at && document.Text[at - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>Where the text starts after a byte order mark.</summary>
    public int TextStart => _text.StartsWith('\uFEFF') ? 1 : 0;

    public static TomlSpan At(int offset) => new(offset, offset);

    /// <summary>Whether a key begins with these parts.</summary>
    public static bool Follows(List<TomlKeyPart> path, ImmutableArray<string> prefix)
    {
        if (path.Count < prefix.Length)
        {
            return false;
        }

        for (var i = 0; i < prefix.Length; i++)
        {
            if (path[i].Name != prefix[i])
            {
                return false;
            }
        }

        return true;
    }

    public int LineStart(int offset) => Math.Max(TextStart, offset == 0 ? 0 : _text.LastIndexOf('\n', offset - 1) + 1);

    /// <summary>After the end of the line an offset is on, its newline included.</summary>
    public int LineEnd(int offset) => _text.IndexOf('\n', offset) is >= 0 and var newline ? newline + 1 : _text.Length;

    /// <summary>All lines of an assignment, with what else is on them.</summary>
    public TomlSpan Lines(TomlAssignment assignment) => new(LineStart(assignment.Start), LineEnd(assignment.End));

    public string Indent(TomlAssignment assignment) => Indent(assignment.Start);

    public string Indent(int offset) => _text[LineStart(offset)..offset];

    /// <summary>How an assignment writes its equals sign, so that new lines look like it; never wider than one space around.</summary>
    public string Equals(TomlAssignment assignment) =>
        _text[assignment.Path[^1].Span.End] == '=' && assignment.Value.Span.Start == assignment.Path[^1].Span.End + 1 ? "=" : " = ";

    /// <summary>A line end, when the text before the offset does not close its line.</summary>
    public string BreakBefore(int offset) => offset > TextStart && _text[offset - 1] != '\n' ? Newline : "";

    public bool IsBlankLineAt(int offset) => IsBlank(offset, LineEnd(offset));

    public bool IsBlankLineBefore(int offset) =>
        BreakBefore(offset).Length == 0 && IsBlank(LineStart(Math.Max(TextStart, offset - 1)), offset);

    /// <summary>Where the comment lines right above start.</summary>
    public int LeadingStart(TomlAssignment assignment) => LeadingStart(assignment.Start);

    public int LeadingStart(TomlHeader header) => LeadingStart(header.Span.Start);

    /// <summary>A header and its lines up to the last assignment.</summary>
    public TomlSpan Section(int header)
    {
        var (_, table, span) = document.Headers[header];
        var last = table.Assignments.Count > 0 ? table.Assignments[^1].End : span.End;
        return new(LineStart(span.Start), LineEnd(last));
    }

    /// <summary>A section and the blank lines that set it apart.</summary>
    public TomlSpan SectionWithSpace(int header)
    {
        var (start, end) = (Section(header).Start, Section(header).End);
        while (end < _text.Length && IsBlankLineAt(end))
        {
            end = LineEnd(end);
        }

        while (end == _text.Length && start > TextStart && IsBlankLineBefore(start))
        {
            start = LineStart(start - 1);
        }

        return new(start, end);
    }

    /// <summary>An entry of an inline table with the comma that goes with it.</summary>
    public static TomlSpan InlineItem(TomlTable table, int index)
    {
        var items = table.Assignments;
        return items.Count == 1 ? new(table.Span.Start + 1, table.Span.End - 1)
            : index == 0 ? new(items[0].Start, items[1].Start)
            : new(items[index - 1].End, items[index].End);
    }

    private int LeadingStart(int offset)
    {
        var start = LineStart(offset);
        var floor = StatementEndBefore(offset);
        while (start > floor)
        {
            var above = LineStart(start - 1);
            if (_text.AsSpan(above, start - above).TrimStart(" \t") is not ['#', ..])
            {
                break;
            }

            start = above;
        }

        return start;
    }

    /// <summary>Where the lines of the statement above end: what looks like a comment before that is inside its string.</summary>
    private int StatementEndBefore(int offset)
    {
        var ends = document.Headers.Select(header => header.Span.End)
            .Concat(document.Headers.Select(header => header.Table).Prepend(document.Root)
                .SelectMany(table => table.Assignments).Select(assignment => assignment.End));
        return ends.Where(end => end <= offset).Select(LineEnd).DefaultIfEmpty(TextStart).Max();
    }

    private bool IsBlank(int start, int end) => _text.AsSpan(start, end - start).IsWhiteSpace();
}
