using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

/// <summary>Frames as text, for tests and goldens.</summary>
internal static class FrameText
{
    public static string TextOfRow(this Frame frame, int y)
    {
        var text = new StringBuilder();
        foreach (var cell in frame.Row(y))
        {
            text.Append(cell.IsTail ? "" : frame.Glyphs.TextOf(cell.Glyph));
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Every row, without the spaces at its end.</summary>
    public static string Text(this Frame frame) =>
        string.Join('\n', Enumerable.Range(0, frame.Height).Select(frame.TextOfRow)) + "\n";

    /// <summary>One letter a cell for its style: `.` plain, a letter for the ink, upper case when strong, `#` when selected.</summary>
    public static string Styles(this Frame frame)
    {
        var text = new StringBuilder();
        for (var y = 0; y < frame.Height; y++)
        {
            var row = new StringBuilder();
            foreach (var cell in frame.Row(y))
            {
                row.Append(LetterOf(cell.Style));
            }

            text.Append(row.ToString().TrimEnd('.')).Append('\n');
        }

        return text.ToString();
    }

    private static char LetterOf(Style style)
    {
        if (style.Ground == Ink.Selection)
        {
            return '#';
        }

        var letter = ".qanrcpis"[(int)style.Text];
        return (style.Emphasis & Emphasis.Strong) == 0 ? letter : letter == '.' ? 'S' : char.ToUpperInvariant(letter);
    }
}
