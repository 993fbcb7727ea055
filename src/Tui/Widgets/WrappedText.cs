using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>
/// A text cut into lines of a width, at spaces where there are any. Worked out when the text or the width changes, so
/// that drawing is only writing. Lines keep the indent of their paragraph.
/// </summary>
internal sealed class WrappedText
{
    private readonly string text;
    private readonly List<(int Start, int Length, int Indent)> lines = [];

    public WrappedText(string text, int width)
    {
        this.text = text.ReplaceLineEndings("\n");
        Width = Math.Max(1, width);
        for (int start = 0, end; start <= this.text.Length; start = end + 1)
        {
            end = this.text.IndexOf('\n', start);
            end = end < 0 ? this.text.Length : end;
            Wrap(start, end);
        }
    }

    public int Width { get; }

    public int Count => lines.Count;

    /// <summary>The lines as texts of their own, with their indent.</summary>
    public IEnumerable<string> Lines => lines.Select(line => string.Concat(new string(' ', line.Indent), text.AsSpan(line.Start, line.Length)));

    /// <summary>Draws the lines from <paramref name="top"/> on.</summary>
    public void Draw(Canvas canvas, int top = 0, Style style = default)
    {
        for (var y = 0; y < canvas.Height && top + y < lines.Count; y++)
        {
            var (start, length, indent) = lines[top + y];
            canvas.Write(indent, y, text.AsSpan(start, length), style);
        }
    }

    private void Wrap(int start, int end)
    {
        var indent = 0;
        while (start < end && text[start] == ' ')
        {
            (start, indent) = (start + 1, indent + 1);
        }

        indent = Math.Min(indent, Width / 2);
        do
        {
            var length = Fitting(text.AsSpan(start, end - start), Width - indent);
            lines.Add((start, length, indent));
            start += length;
            while (start < end && text[start] == ' ')
            {
                start++;
            }
        }
        while (start < end);
    }

    // The length of the longest beginning that fits and ends at a space, or of what fits at all.
    private static int Fitting(ReadOnlySpan<char> line, int columns)
    {
        var clusters = new Clusters(line);
        int index = 0, x = 0, lastSpace = 0;
        while (clusters.Next())
        {
            if (x + clusters.Width > columns)
            {
                if (clusters.Source is " ")
                {
                    return index;
                }

                return lastSpace > 0 ? lastSpace : Math.Max(index, clusters.Source.Length * (index == 0 ? 1 : 0));
            }

            lastSpace = clusters.Source is " " && index > 0 ? index : lastSpace;
            (index, x) = (index + clusters.Source.Length, x + clusters.Width);
        }

        return line.Length;
    }
}
