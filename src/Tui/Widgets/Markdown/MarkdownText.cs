using System.Collections.Immutable;
using System.Globalization;
using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets.Markdown;

/// <summary>
/// A README as lines of cells. Packages are written by anybody: length, depth, columns and lines are bounded, and what could
/// move the cursor is made harmless where it is drawn. A parser of ours, because the library at hand needs seconds for a
/// hundred kilobytes of nested brackets and gives up on deep nesting (docs/decisions).
/// </summary>
internal sealed class MarkdownText
{
    /// <summary>Characters that are read; the end of a longer text is left out.</summary>
    public const int CharactersMax = 128 << 10;

    public const int LinesMax = 6_000;

    private const int LineCharactersMax = 8_000;
    private const int DepthMax = 6;
    private const int ReferencesMax = 500;
    private const int LeastWidth = 12;

    private static readonly Style codeStyle = new(Ink.Changed);

    private readonly ImmutableArray<StyledLine>.Builder lines = ImmutableArray.CreateBuilder<StyledLine>();
    private readonly Dictionary<string, string> references = [];
    private readonly InlineText inline;

    private MarkdownText() => inline = new InlineText(references);

    /// <param name="width">Columns.</param>
    public static ImmutableArray<StyledLine> Render(string markdown, int width)
    {
        var text = new MarkdownText();
        var cut = markdown.Length > CharactersMax;
        var source = (cut ? markdown[..CharactersMax] : markdown).ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Length > LineCharactersMax ? line[..LineCharactersMax] : line).ToList();
        text.Blocks(text.WithoutReferences(source), [], Math.Max(LeastWidth, width), 0);
        if (cut || text.lines.Count >= LinesMax)
        {
            text.Gap([]);
            text.lines.Add(new StyledLine([new StyledRun("It goes on: this is the beginning.", Style.Quiet)]));
        }

        return text.Trimmed();
    }

    // What follows from a `[name]: address` line is known before the text that uses it.
    private List<string> WithoutReferences(List<string> source)
    {
        var kept = new List<string>(source.Count);
        var fence = "";
        foreach (var line in source)
        {
            var opened = MarkdownLine.FenceOf(line);
            fence = fence.Length == 0 ? opened : opened.Length >= fence.Length && opened[0] == fence[0] ? "" : fence;
            if (fence.Length == 0 && references.Count < ReferencesMax && MarkdownLine.ReferenceOf(line) is { } reference)
            {
                references.TryAdd(reference.Name, reference.Target);
            }
            else
            {
                kept.Add(line);
            }
        }

        return kept;
    }

    /// <param name="prefix">What stands before every line: the bars of quotes, the indent of lists.</param>
    private void Blocks(List<string> source, ImmutableArray<StyledRun> prefix, int width, int depth)
    {
        for (var at = 0; at < source.Count && lines.Count < LinesMax;)
        {
            var line = source[at];
            at = string.IsNullOrWhiteSpace(line) ? Blank(prefix, at)
                : MarkdownLine.FenceOf(line) is { Length: > 0 } fence ? Fenced(source, at, fence, prefix, width)
                : MarkdownLine.HeadingOf(line) is { } heading ? Heading(heading.Text, heading.Level, prefix, width, at + 1)
                : MarkdownLine.IsRule(line) ? Rule(prefix, width, at)
                : MarkdownLine.IsQuote(line) && depth < DepthMax ? Quote(source, at, prefix, width, depth)
                : MarkdownLine.ItemOf(line) is { } item && depth < DepthMax ? Item(source, at, item, prefix, width, depth)
                : MarkdownLine.IsIndentedCode(line) ? Indented(source, at, prefix, width)
                : MarkdownLine.IsComment(line) ? Comment(source, at)
                : MarkdownTable.IsAt(source, at) ? Table(source, at, prefix, width)
                : Paragraph(source, at, prefix, width);
        }
    }

    private int Blank(ImmutableArray<StyledRun> prefix, int at)
    {
        Gap(prefix);
        return at + 1;
    }

    private void Gap(ImmutableArray<StyledRun> prefix)
    {
        if (lines.Count > 0 && lines[^1].Runs.Length > prefix.Length)
        {
            lines.Add(new StyledLine(prefix));
        }
    }

    private void Add(ImmutableArray<StyledRun> prefix, ImmutableArray<StyledRun> runs)
    {
        if (lines.Count < LinesMax)
        {
            lines.Add(new StyledLine([.. prefix, .. runs]));
        }
    }

    private int Heading(string text, int level, ImmutableArray<StyledRun> prefix, int width, int next)
    {
        Gap(prefix);
        var style = level == 1 ? new Style(Ink.Accent, Ink.Default, Emphasis.Strong) : level == 2 ? Style.Strong : new Style(Ink.Accent);
        foreach (var line in RunWrap.Wrap(inline.Runs(text, style), width))
        {
            Add(prefix, line);
        }

        Gap(prefix);
        return next;
    }

    private int Rule(ImmutableArray<StyledRun> prefix, int width, int at)
    {
        Gap(prefix);
        Add(prefix, [new StyledRun(new string('─', Math.Min(width, 40)), Style.Quiet)]);
        Gap(prefix);
        return at + 1;
    }

    private int Fenced(List<string> source, int at, string fence, ImmutableArray<StyledRun> prefix, int width)
    {
        var indent = source[at].Length - source[at].TrimStart(' ').Length;
        var end = at + 1;
        while (end < source.Count && !MarkdownLine.Closes(source[end], fence))
        {
            end++;
        }

        Gap(prefix);
        Code(source.GetRange(at + 1, end - at - 1).Select(line => MarkdownLine.Without(line, indent)), prefix, width);
        Gap(prefix);
        return end + 1;
    }

    private int Indented(List<string> source, int at, ImmutableArray<StyledRun> prefix, int width)
    {
        var end = at;
        while (end < source.Count && (MarkdownLine.IsIndentedCode(source[end]) || string.IsNullOrWhiteSpace(source[end])))
        {
            end++;
        }

        Code(source.GetRange(at, end - at).Select(line => MarkdownLine.Without(line, 4)).Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse(), prefix, width);
        Gap(prefix);
        return end;
    }

    private void Code(IEnumerable<string> code, ImmutableArray<StyledRun> prefix, int width)
    {
        const int Indent = 2;
        ImmutableArray<StyledRun> before = [.. prefix, new StyledRun(new string(' ', Indent), default)];
        foreach (var line in code.SelectMany(line => RunWrap.Cut(line, codeStyle, width - Indent)))
        {
            Add(before, line);
        }
    }

    private int Quote(List<string> source, int at, ImmutableArray<StyledRun> prefix, int width, int depth)
    {
        var end = at;
        while (end < source.Count && (MarkdownLine.IsQuote(source[end]) || (end > at && MarkdownLine.IsPlain(source[end]))))
        {
            end++;
        }

        var inner = source.GetRange(at, end - at).ConvertAll(MarkdownLine.WithoutQuote);
        Blocks(inner, prefix.Add(new StyledRun("│ ", Style.Quiet)), Math.Max(LeastWidth, width - 2), depth + 1);
        return end;
    }

    private int Item(List<string> source, int at, MarkdownLine.ListItem item, ImmutableArray<StyledRun> prefix, int width, int depth)
    {
        var end = at + 1;
        while (end < source.Count && Belongs(source, end, item.Indent))
        {
            end++;
        }

        var inner = new List<string> { item.Text };
        inner.AddRange(source.GetRange(at + 1, end - at - 1).Select(line => MarkdownLine.Without(line, item.Indent)));
        var marker = $"{item.Marker} ";
        var first = lines.Count;
        Blocks(inner, prefix.Add(new StyledRun(new string(' ', marker.Length), default)), Math.Max(LeastWidth, width - marker.Length), depth + 1);
        if (lines.Count == first)
        {
            Add(prefix.Add(default(StyledRun) with { Text = "" }), []);
        }

        if (first < lines.Count)
        {
            // The first line has the sign where the others have its indent.
            lines[first] = new StyledLine(lines[first].Runs.SetItem(prefix.Length, new StyledRun(marker, new Style(Ink.Accent))));
        }

        return end;
    }

    // Deeper lines, empty ones before them, and the rest of a paragraph.
    private static bool Belongs(List<string> source, int at, int indent)
    {
        if (string.IsNullOrWhiteSpace(source[at]))
        {
            return at + 1 < source.Count && !string.IsNullOrWhiteSpace(source[at + 1]) && IndentOf(source[at + 1]) >= indent;
        }

        return IndentOf(source[at]) >= indent || (MarkdownLine.IsPlain(source[at]) && !string.IsNullOrWhiteSpace(source[at - 1]));
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    private static int Comment(List<string> source, int at)
    {
        while (at < source.Count && !source[at].Contains("-->", StringComparison.Ordinal))
        {
            at++;
        }

        return at + 1;
    }

    private int Table(List<string> source, int at, ImmutableArray<StyledRun> prefix, int width)
    {
        var table = MarkdownTable.Read(source, at);
        Gap(prefix);
        foreach (var line in table.Layout(inline, width))
        {
            Add(prefix, line);
        }

        Gap(prefix);
        return table.End;
    }

    private int Paragraph(List<string> source, int at, ImmutableArray<StyledRun> prefix, int width)
    {
        var end = at + 1;
        while (end < source.Count && MarkdownLine.IsPlain(source[end]) && MarkdownLine.UnderlineOf(source[end]) == 0 && !MarkdownTable.IsAt(source, end))
        {
            end++;
        }

        var text = MarkdownLine.Joined(source.GetRange(at, end - at));
        if (end < source.Count && MarkdownLine.UnderlineOf(source[end]) is > 0 and var level)
        {
            return Heading(text, level, prefix, width, end + 1);
        }

        var runs = inline.Runs(text, default);
        if (runs.Any(run => run.Text.Length > 0 && run.Text != RunWrap.Break))
        {
            foreach (var line in RunWrap.Wrap(runs, width))
            {
                Add(prefix, line);
            }
        }

        return end;
    }

    private ImmutableArray<StyledLine> Trimmed()
    {
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1].Text))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines.ToImmutable();
    }
}
