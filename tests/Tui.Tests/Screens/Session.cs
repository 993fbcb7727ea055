using System.Text;
using Registry.Tui.Screens;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>The reducer driven by hand: keys in, state, effects and frames out. No terminal, no engine, no time.</summary>
internal sealed class Session
{
    private readonly InputDecoder decoder = new();

    public Session(TerminalSize size, params ReadOnlySpan<PlanStep> staged)
    {
        State = AppState.Start(size);
        Take(Updating.Start(size, [.. staged]));
    }

    public AppState State { get; private set; }

    /// <summary>Everything asked for since the last look.</summary>
    public List<Effect> Effects { get; } = [];

    public Session Send(Message message)
    {
        Take(Updating.Update(State, message));
        Take(Updating.Present(State));
        return this;
    }

    /// <summary>Types bytes as a terminal sends them; a lone ESC is the Escape key.</summary>
    public Session Keys(string bytes)
    {
        var events = new List<InputEvent>();
        foreach (var part in bytes.Split('⎋').SelectMany((text, i) => i == 0 ? new[] { text } : ["\e", text]))
        {
            decoder.Feed(Encoding.UTF8.GetBytes(part), events);
            decoder.Expire(events);
        }

        events.ForEach(happened => Send(new Message.Input(happened)));
        return this;
    }

    private void Take(Step step)
    {
        State = step.State;
        Effects.AddRange(step.Effects);
    }

    public Frame Frame()
    {
        var frame = new Frame(new GlyphTable(), State.Size.Columns, State.Size.Rows);
        Chrome.Draw(new Canvas(frame), State);
        return frame;
    }

    public string Text() => Frame().Text();

    /// <summary>The effects of one kind since the last look.</summary>
    public List<T> Take<T>()
        where T : Effect
    {
        var found = Effects.OfType<T>().ToList();
        Effects.RemoveAll(effect => effect is T);
        return found;
    }
}
