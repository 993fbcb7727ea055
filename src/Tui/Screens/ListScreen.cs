using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>A screen with one list that has the keys for moving.</summary>
internal abstract record ListScreen : Screen
{
    private const int WheelRows = 3;

    public ScrollState Scroll { get; init; }

    public abstract int Count { get; }

    /// <summary>Where the rows of the list are, without headings.</summary>
    public abstract Rect Rows(in Layout layout);

    /// <summary>Rows that are only headings are passed over.</summary>
    protected virtual bool CanSelect(int index) => true;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Up => Move(state, -1),
        Command.Down => Move(state, 1),
        Command.PageUp => Move(state, -Page(state)),
        Command.PageDown => Move(state, Page(state)),
        Command.First => Move(state, -Count),
        Command.Last => Move(state, Count),
        _ => state,
    };

    public override Step Point(AppState state, InputEvent.Mouse mouse)
    {
        var rows = Rows(state.Layout);
        var wheel = mouse.Action switch { MouseAction.WheelUp => -WheelRows, MouseAction.WheelDown => WheelRows, _ => 0 };
        if (wheel != 0)
        {
            return state.WithTop(this with { Scroll = Scroll.Wheel(wheel, Count, rows.Height) });
        }

        if (mouse.Action != MouseAction.Press || !rows.Contains(mouse.X, mouse.Y))
        {
            return state;
        }

        var index = Scroll.InView(Count, rows.Height).Top + mouse.Y - rows.Y;
        if (index >= Count || !CanSelect(index))
        {
            return state;
        }

        return index == Scroll.Selected ? Do(state, Command.Open) : state.WithTop(this with { Scroll = Scroll.Select(index, Count) });
    }

    /// <summary>The same with the selection on a row that can have it, and in view.</summary>
    protected ScrollState Settled(in Layout layout) => Nearest(Scroll.Select(Scroll.Selected, Count), 1).InView(Count, Rows(layout).Height);

    private Step Move(AppState state, int rows) =>
        state.WithTop(this with { Scroll = Nearest(Scroll.Move(rows, Count), Math.Sign(rows)).InView(Count, Rows(state.Layout).Height) });

    private int Page(AppState state) => Math.Max(1, Rows(state.Layout).Height - 1);

    // On from a heading, else back from it.
    private ScrollState Nearest(ScrollState scroll, int direction)
    {
        for (var row = scroll.Selected; row >= 0 && row < Count; row += direction)
        {
            if (CanSelect(row))
            {
                return scroll.Select(row, Count);
            }
        }

        for (var row = scroll.Selected; row >= 0 && row < Count; row -= direction)
        {
            if (CanSelect(row))
            {
                return scroll.Select(row, Count);
            }
        }

        return scroll;
    }
}
