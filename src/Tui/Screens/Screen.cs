using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>
/// A tab or a page: its own state, as a value, and what keys do to it. Drawing only copies what is ready: derived texts are
/// made in <see cref="Fresh"/>, after each message.
/// </summary>
internal abstract record Screen
{
    public abstract Scope Scope { get; }

    /// <summary>Keys that write go into a text field.</summary>
    public virtual bool IsTyping => false;

    public abstract ReadOnlySpan<Hint> Hints { get; }

    public abstract void Draw(Canvas canvas, AppState state, in Layout layout);

    public abstract Step Do(AppState state, Command command);

    /// <summary>Input that is no command, while typing.</summary>
    public virtual Step Type(AppState state, InputEvent input) => state;

    public virtual Step Point(AppState state, InputEvent.Mouse mouse) => state;

    /// <summary>The same screen with everything derived brought up to date.</summary>
    public virtual Screen Fresh(AppState state) => this;
}
