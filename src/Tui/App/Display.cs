using Registry.Tui.Screens;
using Registry.Tui.Terminal;

namespace Registry.Tui.App;

/// <summary>The two frames, the one on the screen and the one being drawn, and what writes the difference.</summary>
internal sealed class Display
{
    private readonly ITerminal terminal;

    private Look look;
    private Presenter presenter;
    private Frame shown;
    private Frame next;
    private bool isKnown;

    public Display(ITerminal terminal, Look look)
    {
        this.terminal = terminal;
        this.look = look;
        presenter = new Presenter(look);
        var glyphs = new GlyphTable();
        (shown, next) = (new Frame(glyphs, 0, 0), new Frame(glyphs, 0, 0));
    }

    /// <summary>From now on in another look; what is on the screen is drawn in it at once.</summary>
    public void Use(Look other)
    {
        if (other == look)
        {
            return;
        }

        look = other;
        presenter = new Presenter(look);
        if (isKnown)
        {
            terminal.Write(presenter.Again(shown).Span);
        }
    }

    /// <summary>Asks the terminal about itself; what is shown stays.</summary>
    public void Ask() => terminal.Write(presenter.Ask(shown).Span);

    /// <summary>Nothing is known about what is on the screen: the next frame is drawn whole.</summary>
    public void Forget() => isKnown = false;

    /// <summary>Shows a state, in one write; nothing is written when it looks the same.</summary>
    public void Show(AppState state)
    {
        Fit(state.Size);
        next.Clear();
        Chrome.Draw(new Canvas(next), state);
        var bytes = isKnown ? presenter.Change(shown, next) : presenter.Everything(next);
        if (!bytes.IsEmpty)
        {
            terminal.Write(bytes.Span);
        }

        isKnown = true;
        (shown, next) = (next, shown);
    }

    private void Fit(TerminalSize size)
    {
        if (next.Width != size.Columns || next.Height != size.Rows)
        {
            shown.Resize(size.Columns, size.Rows);
            next.Resize(size.Columns, size.Rows);
            isKnown = false;
        }
    }
}
