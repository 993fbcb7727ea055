using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>A bar between what it measures and the figures: `fetch  ███░░░  12 of 40`.</summary>
internal static class Gauge
{
    private const int LabelWidth = 10;

    public static void Draw(Canvas row, ReadOnlySpan<char> label, long done, long total)
    {
        row.WriteFitted(0, 0, LabelWidth, label, Style.Quiet);
        var figures = Math.Min(row.Width / 2, 24);
        ProgressBar.Draw(row.Part(new Rect(LabelWidth + 1, 0, row.Width - LabelWidth - figures - 3, 1)), done, total);
        var x = row.Width - figures;
        x = row.Write(x, 0, done);
        x = row.Write(x, 0, " of ", Style.Quiet);
        row.Write(x, 0, total);
    }
}
