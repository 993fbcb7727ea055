using System.Collections.Immutable;
using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets.Markdown;

/// <summary>Text of one look.</summary>
/// <param name="Link">Where it leads; null when nowhere.</param>
internal readonly record struct StyledRun(string Text, Style Style, string? Link = null);

/// <summary>A line that is ready to be drawn: it fits the width it was made for.</summary>
internal sealed record StyledLine(ImmutableArray<StyledRun> Runs)
{
    public static StyledLine Empty { get; } = new([]);

    public string Text => string.Concat(Runs.Select(run => run.Text));

    public static void Draw(Canvas canvas, ImmutableArray<StyledLine> lines, int top)
    {
        for (var y = 0; y < canvas.Height && top + y < lines.Length; y++)
        {
            Draw(canvas, 0, y, lines[top + y].Runs);
        }

        Scrollbar.Draw(canvas, top, lines.Length);
    }

    /// <summary>Runs one after the other; where one leads somewhere, the terminal is told.</summary>
    public static void Draw(Canvas canvas, int x, int y, ImmutableArray<StyledRun> runs)
    {
        foreach (var run in runs)
        {
            x = run.Link is { } link ? canvas.WriteLink(x, y, run.Text, link, run.Style) : canvas.Write(x, y, run.Text, run.Style);
        }
    }
}
