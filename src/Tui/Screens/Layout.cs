using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>
/// Where things are for a size. From 100 columns on the answer stands beside the list, below that in a drawer under it;
/// where there is no room for a drawer the pane with the keys has everything. Small windows do without the row of the plan
/// and without the row of tabs: the title says what they would.
/// </summary>
internal readonly record struct Layout(Rect Title, Rect Tabs, Rect Body, Rect List, Rect Answer, Rect Plan, Rect Hints, bool IsWide)
{
    /// <summary>The least that the program can be used in.</summary>
    public static readonly TerminalSize Least = new(44, 12);

    private const int WideColumns = 100;
    private const int FullColumns = 60;
    private const int FullRows = 15;
    private const int DrawerRows = 6;
    private const int DrawerNeeds = 16;

    /// <summary>Nothing but a line that says so.</summary>
    public bool IsTooSmall => Title.Width < Least.Columns || Hints.Bottom < Least.Rows;

    /// <summary>No row for the plan, only the name of the shown tab.</summary>
    public bool IsReduced => Plan.IsEmpty;

    public static Layout Of(TerminalSize size, Pane pane = Pane.List, Zoom zoom = Zoom.Both)
    {
        var wide = size.Columns >= WideColumns;
        var isReduced = size.Columns < FullColumns || size.Rows < FullRows;
        var (title, below) = new Rect(0, 0, size.Columns, size.Rows).SplitTop(1);
        var (tabs, rest) = below.SplitTop(wide && !isReduced ? 2 : 1);
        var (above, hints) = rest.SplitBottom(1);
        var (body, plan) = above.SplitBottom(isReduced ? 0 : 1);
        var (list, answer) = zoom == Zoom.OnePane ? One(body, pane) : wide ? Beside(body) : Below(body, pane);
        return new Layout(title, tabs, body, list, answer, plan, hints, wide);
    }

    private static (Rect List, Rect Answer) Beside(Rect body)
    {
        var (list, rest) = body.SplitLeft(body.Width * 62 / 100);
        // The rule between the two and a blank column.
        return (list, new Rect(rest.X + 2, rest.Y, Math.Max(0, rest.Width - 3), rest.Height));
    }

    private static (Rect List, Rect Answer) Below(Rect body, Pane pane)
    {
        if (body.Height < DrawerNeeds)
        {
            return One(body, pane);
        }

        var (list, drawer) = body.SplitBottom(DrawerRows);
        return (list, new Rect(drawer.X + 1, drawer.Y + 1, Math.Max(0, drawer.Width - 2), drawer.Height - 1));
    }

    private static (Rect List, Rect Answer) One(Rect body, Pane pane) =>
        pane == Pane.List ? (body, default) : (body with { Height = 0 }, body.Shrink(1, 0));
}

/// <summary>The part of a screen that keys go to.</summary>
internal enum Pane
{
    List,
    Answer,
}

internal enum Zoom
{
    Both,
    OnePane,
}
