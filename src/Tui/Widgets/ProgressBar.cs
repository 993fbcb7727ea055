using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>How much of something is done, as a bar.</summary>
internal static class ProgressBar
{
    public static void Draw(Canvas row, long done, long total)
    {
        var filled = total <= 0 ? 0 : (int)(Math.Clamp(done, 0, total) * row.Width / total);
        row.Repeat(0, 0, filled, '█', new Style(Ink.Accent));
        row.Repeat(filled, 0, row.Width - filled, '░', Style.Quiet);
    }
}
