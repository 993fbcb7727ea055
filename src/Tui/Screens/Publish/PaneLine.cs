using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Publish;

/// <summary>A line of the checks: a sign, what is so, and quietly what belongs to it.</summary>
internal readonly record struct PaneLine(string Sign, Style SignStyle, string Text, Style Style, string Quiet)
{
    public static PaneLine Blank { get; } = new("", default, "", default, "");

    public static PaneLine Of(string text, Style style = default, string quiet = "") => new("", default, text, style, quiet);

    /// <param name="quietAt">Where the quiet part begins, so that it is a column of its own; 0 for right behind the text.</param>
    public void Draw(Canvas row, int quietAt)
    {
        if (Sign.Length == 0)
        {
            var end = row.WriteFitted(0, 0, Math.Min(row.Width, Clusters.Measure(Text)), Text, Style);
            row.WriteRight(row.Width, 0, end + Quiet.Length < row.Width ? Quiet : "", Style.Quiet);
            return;
        }

        row.Write(1, 0, Sign, SignStyle);
        var width = Math.Min(row.Width - 4, Clusters.Measure(Text));
        var x = row.WriteFitted(4, 0, width, Text, Style);
        var from = Math.Max(x + 2, quietAt);
        row.WriteFitted(from, 0, row.Width - from, Quiet, Terminal.Style.Quiet);
    }
}
