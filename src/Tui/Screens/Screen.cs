using Registry.Engine.Model;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>
/// A tab or a page: its own state, as a value, and what keys do to it. Drawing only copies what is ready: derived texts are
/// made in <see cref="Fresh"/> and <see cref="Answered"/>.
/// </summary>
internal abstract record Screen
{
    /// <summary>What a notch of the wheel moves.</summary>
    protected const int WheelRows = 3;

    public abstract Scope Scope { get; }

    /// <summary>Keys that write go into a text field.</summary>
    public virtual bool IsTyping => false;

    public abstract ReadOnlySpan<Hint> Hints { get; }

    /// <summary>What its tab says besides its title, for example `3!`; empty when there is nothing to say.</summary>
    public virtual string BadgeOf(AppState state) => "";

    /// <summary>The package that it, or its selected row, is about: what the keys that copy and open mean.</summary>
    public virtual Subject? SubjectOf(AppState state) => null;

    /// <summary>What a copying command takes here, when it is not what the subject says.</summary>
    public virtual string? CopyOf(AppState state, Command command) => null;

    /// <summary>Why a command of its scope cannot be done now, for lists of commands and for who tries; null when it can.</summary>
    public virtual string? WhyNot(AppState state, Command command) => null;

    /// <summary>It lies over another screen for a moment, and that one is still seen.</summary>
    public virtual bool IsOverlay => false;

    /// <summary>Keys go to the answer beside the list.</summary>
    public virtual bool IsInAnswer => false;

    /// <summary>A command that means the same everywhere is done by the screen itself, as things are: what it is done to is here.</summary>
    public virtual bool DoesItself(AppState state, Command command) => false;

    /// <summary>What it wants to know once it is seen; it remembers what it asked for. Before each drawing.</summary>
    public virtual Step Ask(AppState state) => state;

    /// <summary>Packages whose releases are worth reading while it is seen; each is asked for once.</summary>
    public virtual IEnumerable<PackageName> LooksAt(AppState state) => [];

    public abstract void Draw(Canvas canvas, AppState state, in Layout layout);

    public abstract Step Do(AppState state, Command command);

    /// <summary>Input that is no command, while typing.</summary>
    public virtual Step Type(AppState state, InputEvent input) => state;

    public virtual Step Point(AppState state, InputEvent.Mouse mouse) => state;

    /// <summary>The same screen with what the next key builds on brought up to date: rows, selection. After every message.</summary>
    public virtual Screen Fresh(AppState state) => this;

    /// <summary>The same screen without what <see cref="Fresh"/> and <see cref="Answered"/> make, to be kept for later.</summary>
    public virtual Screen Bare => this;

    /// <summary>The same screen with what is only looked at brought up to date: the answer. Once before drawing, however many keys came.</summary>
    public virtual Screen Answered(AppState state) => this;
}
