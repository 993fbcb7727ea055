using System.Text;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Help;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Screens.Search;
using Registry.Tui.Screens.Tree;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>The reducer driven by hand: keys in, state, effects and frames out. No terminal, no engine, no time.</summary>
internal sealed class Session
{
    private readonly InputDecoder decoder = new();

    public Session(TerminalSize size, params ReadOnlySpan<PlanStep> staged)
    {
        State = AppState.Start(size, new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Take(Updating.Start(State, [.. staged]));
    }

    public AppState State { get; private set; }

    /// <summary>Everything asked for since the last look.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>As it would be with other settings.</summary>
    public Session With(Func<AppState, AppState> change)
    {
        State = change(State);
        return this;
    }

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

    /// <summary>As if these were the user's keys from the start.</summary>
    public void Use(KeyMap keys)
    {
        State = State with { Keys = keys };
        Send(new Message.Ticked());
    }

    /// <summary>Does what a screen would do.</summary>
    public Session Open(Func<AppState, Step> open)
    {
        Take(open(State));
        return Send(new Message.Ticked());
    }

    private void Take(Step step)
    {
        State = step.State;
        Effects.AddRange(step.Effects);
    }

    /// <summary>The time goes on, and the state is told when it wanted to be.</summary>
    public Session After(TimeSpan time)
    {
        State = State with { Now = State.Now + time };
        return Send(new Message.Ticked());
    }

    /// <summary>The one job that was asked for since the last look ends like this.</summary>
    public Session End(News answer) => Send(new Message.JobEnded(Take<Effect.Run>().Single().Job, answer));

    /// <summary>The inquiries of one kind that were started as jobs; they stay to be ended.</summary>
    public List<T> Jobs<T>()
        where T : Inquiry => [.. Effects.OfType<Effect.Run>().Select(run => run.Inquiry).OfType<T>()];

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
