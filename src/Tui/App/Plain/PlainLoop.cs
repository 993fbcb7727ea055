using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text;
using Registry.Tui.Screens;
using Registry.Tui.Terminal;

namespace Registry.Tui.App.Plain;

/// <summary>
/// The program as a conversation in lines, for screen readers and braille displays: the same state, reducer and effects as the
/// full screen, said by <see cref="PlainTeller"/>. The terminal keeps its own modes, its own cursor and its own line editing.
/// </summary>
internal sealed class PlainLoop : IMailbox, IDisposable
{
    // While work runs, what it shows is said this often at most.
    private static readonly TimeSpan workPause = TimeSpan.FromSeconds(5);

    private readonly PlainLines lines;
    private readonly TimeProvider clock;
    private readonly EffectRunner effects;
    private readonly DraftKeeper drafts;
    private readonly Browser? browser;
    private readonly Action? settled;
    private readonly PlainTeller teller = new();
    private readonly ConcurrentQueue<Message> messages = new();
    private readonly ConcurrentQueue<string?> typed = new();
    private readonly SemaphoreSlim bell = new(0);

    private AppState state;
    private Exception? bug;
    private bool isLeaving;
    private bool isAsked;

    /// <param name="settled">Called each time everything that was asked for is done and said; for tests.</param>
    public PlainLoop(PlainLines lines, IWorkbench workbench, TimeProvider clock, Browser? browser, KeyMap keys, Action? settled = null)
    {
        this.lines = lines;
        this.clock = clock;
        this.browser = browser;
        this.settled = settled;
        effects = new EffectRunner(workbench, this);
        drafts = new DraftKeeper(workbench, effects);
        state = AppState.Start(PlainView.Size, clock.GetLocalNow()) with { HasBrowser = browser is not null, Keys = keys, UsesMouse = false };
    }

    /// <summary>Runs until the user leaves or the input ends.</summary>
    /// <returns>Whether a plan was applied and not taken back.</returns>
    public bool Run(ImmutableArray<PlanStep> staged)
    {
        Say(PlainWords.Usage);
        Take(Updating.Start(state, staged));
        new Thread(ReadLines) { IsBackground = true, Name = "lines" }.Start();
        while (!isLeaving)
        {
            Take(Updating.Present(state));
            var isDone = effects.IsIdle && messages.IsEmpty;
            if (isDone)
            {
                Tell();
                settled?.Invoke();
            }

            if (!bell.Wait(isDone ? Timeout.InfiniteTimeSpan : workPause))
            {
                Tell();
            }

            state = state with { Now = clock.GetLocalNow() };
            TakeMessages();
            TakeTyped();
            drafts.Keep(state);
        }

        drafts.KeepLast(state);
        return state.HasChanged;
    }

    public void Post(Message message)
    {
        messages.Enqueue(message);
        Ring();
    }

    public void Fail(Exception bug)
    {
        Interlocked.CompareExchange(ref this.bug, bug, null);
        Ring();
    }

    public void Ring() => bell.Release();

    /// <summary>Ctrl-C, which here is a signal.</summary>
    public void Interrupt() => Post(new Message.Input(new InputEvent.KeyPress(Key.Character, new Rune('c'), KeyModifiers.Control)));

    public void Dispose() => effects.Dispose();

    private void Tell()
    {
        var told = teller.Tell(state);
        foreach (var line in told)
        {
            Say(line);
        }

        if (!isAsked || !told.IsEmpty)
        {
            isAsked = true;
            lines.Write("cairn> ");
        }
    }

    // Everything shown went through cells, which hold nothing that acts on a terminal; what did not is cleaned the same way.
    private void Say(string line)
    {
        var clean = new StringBuilder(isAsked ? "\n" : "");
        isAsked = false;
        var clusters = new Clusters(line);
        while (clusters.Next())
        {
            clean.Append(clusters.Shown);
        }

        lines.Write(clean.Append('\n').ToString());
    }

    private void ReadLines()
    {
        string? line;
        do
        {
            line = lines.Read();
            typed.Enqueue(line);
            Ring();
        }
        while (line is not null);
    }

    private void TakeTyped()
    {
        while (!isLeaving && typed.TryDequeue(out var line))
        {
            // The user ended the line of the question.
            isAsked = false;
            Obey(line);
        }
    }

    private void Obey(string? line)
    {
        switch (line?.Trim())
        {
            case null:
                isLeaving = true;
                break;
            case "keys":
                Say(PlainView.KeysOf(state));
                break;
            case "all":
                teller.Forget();
                break;
            default:
                Do(PlainWords.Read(line, state, teller.View));
                break;
        }
    }

    private void Do(ImmutableArray<InputEvent> events)
    {
        if (events.IsEmpty)
        {
            Say("That means nothing here.");
            Say(PlainWords.Usage);
        }

        foreach (var happened in events)
        {
            Take(Updating.Update(state, new Message.Input(happened)));
        }
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
            case Effect.Redraw:
                teller.Forget();
                break;
            case Effect.Copy copy:
                lines.Write(Encoding.ASCII.GetString(Clipboard.Copy(copy.Text)));
                break;
            case Effect.Browse browse when browser?.TryOpen(browse.Address) != true:
                Take(Updating.Update(state, new Message.NotOpened(browse.Address)));
                break;
            case Effect.Browse or Effect.Suspend or Effect.UseMouse:
                // Opened above; and the terminal does the other two by itself.
                break;
            default:
                effects.Start(effect);
                break;
        }
    }
}
