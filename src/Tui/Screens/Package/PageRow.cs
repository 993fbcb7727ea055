using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets.Markdown;

namespace Registry.Tui.Screens.Package;

/// <summary>A row of a package page, and what it stands for, so that Enter knows where to go.</summary>
internal sealed record PageRow(ImmutableArray<StyledRun> Runs)
{
    public PackageName? Package { get; init; }

    public SemanticVersion? Version { get; init; }

    public string? File { get; init; }

    public static PageRow Of(string text, Style style = default) => new([new StyledRun(text, style)]);

    public void Draw(Canvas row) => StyledLine.Draw(row, 2, 0, Runs);
}
