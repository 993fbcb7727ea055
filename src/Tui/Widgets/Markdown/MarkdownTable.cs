using System.Collections.Immutable;
using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets.Markdown;

/// <summary>A table of Markdown: a row of headings, a row of dashes, rows.</summary>
/// <param name="End">The line behind it.</param>
internal sealed record MarkdownTable(ImmutableArray<ImmutableArray<string>> Rows, int End)
{
    private const int ColumnsMax = 12;
    private const int RowsMax = 500;
    private const int LeastColumn = 6;
    private const int Gap = 2;

    public static bool IsAt(List<string> source, int at) =>
        at + 1 < source.Count && source[at].Contains('|', StringComparison.Ordinal) && IsDashes(source[at + 1])
        && Cells(source[at]).Length == Cells(source[at + 1]).Length;

    public static MarkdownTable Read(List<string> source, int at)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        rows.Add(Cells(source[at]));
        var end = at + 2;
        for (; end < source.Count && source[end].Contains('|', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(source[end]); end++)
        {
            if (rows.Count < RowsMax)
            {
                rows.Add(Cells(source[end]));
            }
        }

        return new(rows.ToImmutable(), end);
    }

    /// <summary>As lines of a width; what does not fit into a column is wrapped in it.</summary>
    public IEnumerable<ImmutableArray<StyledRun>> Layout(InlineText inline, int width)
    {
        var cells = Rows.Select((row, i) => row.Select(cell => inline.Runs(cell, i == 0 ? Style.Strong : default)).ToList()).ToList();
        var widths = Widths(cells, width);
        for (var i = 0; i < cells.Count; i++)
        {
            foreach (var line in Lines(cells[i], widths))
            {
                yield return line;
            }

            if (i == 0)
            {
                yield return [new StyledRun(new string('─', Math.Min(width, widths.Sum() + (Gap * (widths.Length - 1)))), Style.Quiet)];
            }
        }
    }

    private static IEnumerable<ImmutableArray<StyledRun>> Lines(List<List<StyledRun>> row, int[] widths)
    {
        var wrapped = widths.Select((width, i) => i < row.Count ? RunWrap.Wrap(row[i], width) : [[]]).ToArray();
        for (var y = 0; y < wrapped.Max(cell => cell.Count); y++)
        {
            var line = ImmutableArray.CreateBuilder<StyledRun>();
            for (var i = 0; i < widths.Length; i++)
            {
                var runs = y < wrapped[i].Count ? wrapped[i][y] : [];
                line.AddRange(runs);
                if (i < widths.Length - 1)
                {
                    line.Add(new StyledRun(new string(' ', Math.Max(0, widths[i] - RunWrap.Measure(runs)) + Gap), default));
                }
            }

            yield return line.ToImmutable();
        }
    }

    // What they want; where that is too much, the widest give first.
    private static int[] Widths(List<List<List<StyledRun>>> cells, int width)
    {
        var columns = cells[0].Count;
        var widths = new int[columns];
        for (var i = 0; i < columns; i++)
        {
            widths[i] = Math.Clamp(cells.Max(row => i < row.Count ? RunWrap.Measure(row[i]) : 0), 1, width);
        }

        for (var over = widths.Sum() + (Gap * (columns - 1)) - width; over > 0 && widths.Max() > LeastColumn; over--)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        return widths;
    }

    private static bool IsDashes(string line)
    {
        var text = line.Trim();
        return text.Contains('-', StringComparison.Ordinal) && text.All(c => c is '-' or ':' or '|' or ' ');
    }

    private static ImmutableArray<string> Cells(string line)
    {
        var text = line.Trim();
        text = text.StartsWith('|') ? text[1..] : text;
        text = text.EndsWith('|') && !text.EndsWith("\\|", StringComparison.Ordinal) ? text[..^1] : text;
        return [.. text.Replace("\\|", "\u0001", StringComparison.Ordinal).Split('|').Take(ColumnsMax).Select(cell => cell.Replace('\u0001', '|').Trim())];
    }
}
