using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>
/// Where things are for a size. From 100 columns on the answer stands beside the list, below that in a drawer under it;
/// where there is no room for a drawer the list has everything.
/// </summary>
internal readonly record struct Layout(Rect Title, Rect Tabs, Rect Body, Rect List, Rect Answer, Rect Plan, Rect Hints, bool IsWide)
{
    private const int WideColumns = 100;
    private const int DrawerRows = 6;
    private const int DrawerNeeds = 16;

    public static Layout Of(TerminalSize size)
    {
        var wide = size.Columns >= WideColumns;
        var (title, below) = new Rect(0, 0, size.Columns, size.Rows).SplitTop(1);
        var (tabs, rest) = below.SplitTop(wide ? 2 : 1);
        var (above, hints) = rest.SplitBottom(1);
        var (body, plan) = above.SplitBottom(1);
        var (list, answer) = wide ? Beside(body) : Below(body);
        return new Layout(title, tabs, body, list, answer, plan, hints, wide);
    }

    private static (Rect List, Rect Answer) Beside(Rect body)
    {
        var (list, rest) = body.SplitLeft(body.Width * 62 / 100);
        // The rule between the two and a blank column.
        return (list, new Rect(rest.X + 2, rest.Y, Math.Max(0, rest.Width - 3), rest.Height));
    }

    private static (Rect List, Rect Answer) Below(Rect body)
    {
        if (body.Height < DrawerNeeds)
        {
            return (body, default);
        }

        var (list, drawer) = body.SplitBottom(DrawerRows);
        return (list, new Rect(drawer.X + 1, drawer.Y + 1, Math.Max(0, drawer.Width - 2), drawer.Height - 1));
    }
}
