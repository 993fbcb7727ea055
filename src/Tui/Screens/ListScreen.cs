using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>A screen with one list that has the keys for moving.</summary>
internal abstract record ListScreen : Screen
{
    public ScrollState Scroll { get; init; }

    /// <summary>The marked rows, where rows can be marked.</summary>
    public Marks Marks { get; init; } = Marks.None;

    /// <summary>The first line of the answer in view.</summary>
    public int AnswerTop { get; init; }

    /// <summary>The answer has the keys for moving.</summary>
    public bool IsAnswerFocused { get; init; }

    public override bool IsInAnswer => IsAnswerFocused;

    public abstract int Count { get; }

    /// <summary>Lines of the answer beside the list; 0 where there is none to go to.</summary>
    protected virtual int AnswerCount => 0;

    protected Focus ListFocus => IsTyping || IsAnswerFocused ? Focus.Elsewhere : Focus.Here;

    /// <summary>What a row is marked by; null for one that cannot be marked.</summary>
    protected virtual string? MarkOf(int index) => null;

    /// <summary>Where the rows of the list are, without headings.</summary>
    public abstract Rect Rows(in Layout layout);

    /// <summary>Rows that are only headings are passed over.</summary>
    protected virtual bool CanSelect(int index) => true;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.NextPane or Command.PreviousPane => state.WithTop(this with { IsAnswerFocused = !IsAnswerFocused && AnswerCount > 0 }),
        _ when IsAnswerFocused && AnswerRows(state, command) is { } rows => state.WithTop(this with { AnswerTop = Scrolled(state, rows) }),
        Command.Mark when MarkOf(Scroll.Selected) is { } key => (this with { Marks = Marks.Toggle(key) }).Move(state, 1),
        Command.MarkRange => state.WithTop(this with { Marks = Marks.Range(MarkKeys(), Scroll.Selected) }),
        Command.MarkAll => state.WithTop(this with { Marks = Marks.All(MarkKeys()) }),
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
        if (wheel != 0 && state.Layout.Answer.Contains(mouse.X, mouse.Y))
        {
            return state.WithTop(this with { AnswerTop = Scrolled(state, wheel) });
        }

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

    /// <summary>The rows that are marked and shown, in their order; the selected one when none is.</summary>
    protected IEnumerable<int> MarkedOrSelected()
    {
        var marked = Marks.IsEmpty ? [] : Enumerable.Range(0, Count).Where(index => Marks.Has(MarkOf(index))).ToList();
        return marked.Count > 0 ? marked : Count > 0 ? [Scroll.Selected] : [];
    }

    /// <summary>The frame of the answer and as much of it as is in view.</summary>
    protected void DrawAnswer(Canvas canvas, in Layout layout, ImmutableArray<DetailLine> lines)
    {
        Answer.DrawFrame(canvas, layout);
        var area = canvas.Part(layout.Answer);
        var top = Math.Clamp(AnswerTop, 0, Math.Max(0, lines.Length - layout.Answer.Height));
        Detail.DrawLines(area, lines, top);
        Answer.DrawBar(canvas, layout, top, lines.Length);
        if (IsAnswerFocused)
        {
            area.PlaceCursor(0, 0);
        }
    }

    private Step Move(AppState state, int rows)
    {
        var scroll = Nearest(Scroll.Move(rows, Count), Math.Sign(rows)).InView(Count, Rows(state.Layout).Height);
        return state.WithTop(this with { Scroll = scroll, AnswerTop = scroll.Selected == Scroll.Selected ? AnswerTop : 0 });
    }

    private List<string?> MarkKeys() => [.. Enumerable.Range(0, Count).Select(MarkOf)];

    private int Scrolled(AppState state, int rows) =>
        Math.Clamp(AnswerTop + rows, 0, Math.Max(0, AnswerCount - state.Layout.Answer.Height));

    private int? AnswerRows(AppState state, Command command) => command switch
    {
        Command.Up => -1,
        Command.Down => 1,
        Command.PageUp => 1 - state.Layout.Answer.Height,
        Command.PageDown => state.Layout.Answer.Height - 1,
        Command.First => -AnswerCount,
        Command.Last => AnswerCount,
        _ => null,
    };

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
