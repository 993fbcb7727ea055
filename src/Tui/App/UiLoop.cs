using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Registry.Engine.Problems;
using Registry.Tui.Screens;
using Registry.Tui.Screens.CustomKeys;
using Registry.Tui.Terminal;

namespace Registry.Tui.App;

/// <summary>
/// The UI thread: the only owner of the state and of the terminal. It sleeps until there is input or a message, takes all
/// there is, and draws once. When nothing happens it does not wake up.
/// </summary>
internal sealed class UiLoop : IMailbox, IDisposable
{
    private readonly ITerminal terminal;
    private readonly Conversation conversation;
    private readonly Display display;
    private readonly EffectRunner effects;
    private readonly DraftKeeper drafts;
    private readonly Action? settled;
    private readonly TimeProvider clock;
    private readonly ConcurrentQueue<Message> messages = new();
    private readonly List<InputEvent> events = [];
    private readonly List<Effect> asked = [];
    private readonly byte[] input = new byte[4096];

    private readonly Browser? browser;

    private AppState state;
    private Exception? bug;
    private bool isLeaving;

    /// <param name="settled">Called each time everything that was asked for is done and shown; for tests.</param>
    public UiLoop(ITerminal terminal, Conversation conversation, IWorkbench workbench, TimeProvider clock, Browser? browser = null, Action? settled = null)
    {
        this.terminal = terminal;
        this.conversation = conversation;
        this.settled = settled;
        this.clock = clock;
        display = new Display(terminal, conversation.Look);
        effects = new EffectRunner(workbench, this);
        drafts = new DraftKeeper(workbench, effects);
        this.browser = browser;
        state = AppState.Start(terminal.Size, clock.GetLocalNow()) with { HasBrowser = browser is not null };
    }

    /// <summary>Which key means what, with the user's own.</summary>
    public KeyMap Keys { get; init; } = KeyMap.Default;

    public Motion Motion { get; init; }

    /// <summary>What is wrong with the user's own.</summary>
    public ImmutableArray<Problem> KeyProblems { get; init; } = [];

    /// <summary>Runs until the user quits or the terminal is gone.</summary>
    /// <param name="staged">What is in the plan from the start; its conflict is shown when it has one.</param>
    /// <returns>Whether a plan was applied and not taken back.</returns>
    public bool Run(ImmutableArray<PlanStep> staged)
    {
        terminal.Enter();
        Take(Updating.Start(KeyNotice.Of(state with { Keys = Keys, Motion = Motion }, KeyProblems), staged));
        state = state with { UsesMouse = conversation.StartsWithMouse };
        RestoreMouse();
        StartAsked();
        while (!isLeaving)
        {
            Take(Updating.Present(state));
            if (!messages.IsEmpty)
            {
                // The project was read while the first frame was made ready: that is the one to draw.
                TakeMessages();
                Take(Updating.Present(state));
            }

            display.Show(state);
            StartAsked();
            if (IsUseful)
            {
                conversation.Begin(terminal, display);
            }

            TellSettled();
            Wait();
            TakeMessages();
            drafts.Keep(state);
        }

        conversation.End(terminal);
        drafts.KeepLast(state);
        return state.HasChanged;
    }

    public void Post(Message message)
    {
        messages.Enqueue(message);
        terminal.Wake();
    }

    public void Fail(Exception bug)
    {
        Interlocked.CompareExchange(ref this.bug, bug, null);
        terminal.Wake();
    }

    public void Ring() => terminal.Wake();

    public void Dispose() => effects.Dispose();

    // The answers of the terminal change how a frame looks, and understanding them takes as long as the rest of that frame.
    private bool IsUseful => state.Facts is not null || state.Trouble is not null;

    private void Wait()
    {
        var news = terminal.Wait(input, Patience(), out var read);
        state = state with { Now = clock.GetLocalNow() };
        conversation.Hear(news, input.AsSpan(0, read), events);
        if (news == TerminalNews.None)
        {
            Take(Updating.Update(state, new Message.Ticked()));
        }

        if (conversation.TakeReplies(events, terminal))
        {
            display.Use(conversation.Look);
        }

        foreach (var happened in events)
        {
            Take(Updating.Update(state, new Message.Input(happened)));
        }

        events.Clear();
        Obey(news);
    }

    // For ever, unless a key may be half here or something on the screen moves.
    private TimeSpan? Patience() => conversation.Patience is { } half ? half
        : state.WakeAt is not { } at ? null
        : at > state.Now ? at - state.Now
        : TimeSpan.FromMilliseconds(1);

    private void Obey(TerminalNews news)
    {
        if ((news & TerminalNews.Continued) != 0)
        {
            Reclaim();
        }

        if ((news & TerminalNews.SuspendAsked) != 0)
        {
            Suspend();
        }

        if (terminal.Size is var size && size != state.Size)
        {
            Take(Updating.Update(state, new Message.Resized(size)));
        }

        isLeaving |= (news & TerminalNews.Closed) != 0;
    }

    private void TakeMessages()
    {
        if (bug is not null)
        {
            ExceptionDispatchInfo.Throw(bug);
        }

        while (messages.TryDequeue(out var message))
        {
            Take(Updating.Update(state, message));
        }
    }

    private void Take(Step step)
    {
        state = step.State;
        foreach (var effect in step.Effects)
        {
            Do(effect);
        }
    }

    private void Do(Effect effect)
    {
        switch (effect)
        {
            case Effect.Quit:
                isLeaving = true;
                break;
            case Effect.Suspend:
                Suspend();
                break;
            case Effect.Redraw:
                display.Forget();
                break;
            case Effect.UseMouse mouse:
                terminal.Write(mouse.On ? ScreenModes.MouseOn : ScreenModes.MouseOff);
                break;
            case Effect.Copy copy:
                terminal.Write(Clipboard.Copy(copy.Text));
                break;
            case Effect.Browse browse:
                Browse(browse.Address);
                break;
            default:
                asked.Add(effect);
                break;
        }
    }

    // After the frame: what compiles and reads for an answer must not hold up what is known already.
    private void StartAsked()
    {
        foreach (var effect in asked)
        {
            effects.Start(effect);
        }

        asked.Clear();
    }

    private void Browse(string address)
    {
        if (browser?.TryOpen(address) != true)
        {
            Take(Updating.Update(state, new Message.NotOpened(address)));
        }
    }

    private void Suspend()
    {
        terminal.Suspend();
        RestoreMouse();
        display.Forget();
    }

    // Stopped and continued by someone else: the modes may be anything now.
    private void Reclaim()
    {
        terminal.Leave();
        terminal.Enter();
        RestoreMouse();
        display.Forget();
    }

    private void RestoreMouse()
    {
        if (!state.UsesMouse)
        {
            terminal.Write(ScreenModes.MouseOff);
        }
    }

    private void TellSettled()
    {
        if (settled is not null && effects.IsIdle && state.WakeAt is null && messages.IsEmpty && conversation.Patience is null)
        {
            settled();
        }
    }
}
