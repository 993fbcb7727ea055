using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>A page of lines to read, scrolled by the keys for moving.</summary>
internal abstract record LinesScreen : Screen
{
    public ImmutableArray<DetailLine> Lines { get; init; } = [];

    public int Top { get; init; }

    public override Screen Bare => this with { Lines = [] };

    protected virtual int Count => Lines.Length;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Up => Move(state, -1),
        Command.Down => Move(state, 1),
        Command.PageUp => Move(state, 1 - Area(state.Layout).Height),
        Command.PageDown => Move(state, Area(state.Layout).Height - 1),
        Command.First => Move(state, -Count),
        Command.Last => Move(state, Count),
        Command.Back or Command.Quit => state.Close(),
        _ => state,
    };

    public override Step Point(AppState state, InputEvent.Mouse mouse) => mouse.Action switch
    {
        MouseAction.WheelUp => Move(state, -WheelRows),
        MouseAction.WheelDown => Move(state, WheelRows),
        _ => state,
    };

    public override void Draw(Canvas canvas, AppState state, in Layout layout) => Detail.Draw(canvas.Part(Area(layout)), Lines, Top);

    /// <summary>Where the lines are.</summary>
    protected virtual Rect Area(in Layout layout) => layout.Body.Shrink(1, 0);

    private Step Move(AppState state, int rows) =>
        state.WithTop(this with { Top = Math.Clamp(Top + rows, 0, Math.Max(0, Count - Area(state.Layout).Height)) });
}
