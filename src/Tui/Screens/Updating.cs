using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Help;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Problems;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>From a state and a message to the next state and what is to be done. Pure: the whole program's behaviour is here.</summary>
internal static class Updating
{
    /// <summary>What a program begins with.</summary>
    /// <param name="staged">What is in the plan from the start.</param>
    public static Step Start(AppState state, ImmutableArray<PlanStep> staged)
    {
        state = state with { Plan = staged.Aggregate(state.Plan, (plan, step) => plan.With(step)), ShowsConflict = !staged.IsEmpty };
        return Settle(state.Do(new OpenProject()));
    }

    public static Step Update(AppState state, Message message) => Settle(Remembered(state, message switch
    {
        Message.Input { Event: InputEvent.KeyPress key } => OnKey(state, key),
        Message.Input { Event: InputEvent.Mouse mouse } => OnMouse(state, mouse),
        Message.Input input => state.Top.IsTyping ? state.Top.Type(state, input.Event) : state,
        Message.Resized resized => state with { Size = resized.Size },
        Message.JobProgressed progressed => Working.OnProgress(state, progressed),
        Message.JobEnded ended => Working.OnEnd(state, ended),
        Message.NotOpened link => Links.CopyInstead(state with { HasBrowser = false }, link.Address),
        News news => news.Reach(state),
        _ => state,
    }));

    private static Step Remembered(AppState before, Step step) => step with { State = Trail.Remember(before, step.State) };

    /// <summary>Does a command, wherever it came from.</summary>
    public static Step Do(AppState state, Command command) => command switch
    {
        Command.Suspend => state.Do(new Effect.Suspend()),
        Command.Redraw => state.Do(new Effect.Redraw()),
        Command.Mouse => (state with { UsesMouse = !state.UsesMouse }).Do(new Effect.UseMouse(!state.UsesMouse)),
        Command.Help => HelpPage.Open(state, HelpKind.Help),
        Command.Palette => HelpPage.Open(state, HelpKind.Palette),
        _ when state.Top.DoesItself(state, command) => state.Top.Do(state, command),
        Command.Cancel => Leaving.OnCancel(state),
        Command.Quit when !state.Pages.IsEmpty => state.Close(),
        Command.Quit => Leaving.OnQuit(state),
        _ when state.Top is HelpPage => state.Top.Do(state, command),
        _ when TabTitle.Of(command) is { } title => Show(state, state.TabOf(title.Scope)),
        Command.Back when state.Top is ListScreen { IsAnswerFocused: true } list => state.WithTop(list with { IsAnswerFocused = false }),
        Command.GoBack => Trail.Back(state),
        Command.GoForward => Trail.Forward(state),
        Command.Zoom => state with { IsZoomed = !state.IsZoomed },
        Command.CopyName or Command.CopyVersion or Command.CopyUrl or Command.CopyCommand or Command.CopyLog or Command.CopyText => Copying.Copy(state, command),
        Command.OpenHome or Command.OpenSource or Command.OpenDocs or Command.OpenIssues => Links.Open(state, command),
        Command.Undo => Staging.Undo(state),
        Command.Redo => Staging.Redo(state),
        Command.Review => OnReview(state),
        Command.Fix => ConflictsScreen.Find(state),
        Command.Refresh => (state with { Asked = [], Names = null, NamesTrouble = null, ReadAt = null }).Do(new OpenProject()),
        _ => state.Top.Do(state, command),
    };

    private static Step OnKey(AppState state, InputEvent.KeyPress key)
    {
        if (state.Pending is { } pending)
        {
            return OnSecond(state with { Pending = null }, pending, KeyChord.NameOf(key));
        }

        if (state.Keys.Find(key, state.Top.Scope, state.Top.IsTyping) is { } command)
        {
            return OnCommand(state, command);
        }

        state = state with { Notice = null, MayQuit = false };
        if (state.Top.IsTyping)
        {
            return state.Layout.IsTooSmall ? state : state.Top.Type(state, key);
        }

        var first = KeyChord.NameOf(key);
        return state.Keys.After(first, state.Top.Scope) is { IsEmpty: false } choices
            ? state with { Pending = new PendingKey(first, state.Now) { Choices = choices } }
            : state;
    }

    // Of a key or a click.
    private static Step OnCommand(AppState state, Command command)
    {
        var (wasAsked, problem) = (state.MayQuit, state.Notice?.Problem);
        state = state with { Notice = null, MayQuit = false };
        if (state.Layout.IsTooSmall && command is not (Command.Cancel or Command.Quit or Command.Suspend or Command.Redraw))
        {
            // Nobody sees what it would do.
            return state;
        }

        if (command == Command.Open && problem is not null)
        {
            return state.Open(new ProblemPage(problem));
        }

        return Availability.WhyNot(state, command) is { } reason
            ? state.Say(Notice.Note(reason))
            : Do(state with { MayQuit = wasAsked && command is (Command.Cancel or Command.Quit) }, command);
    }

    private static Step OnSecond(AppState state, PendingKey pending, string second) =>
        state.Keys.Find(new KeyChord(pending.First, second), state.Top.Scope) is { } command ? OnCommand(state, command)
        : second is "Esc" or "" ? state
        : state.Say(Notice.Note($"{pending.First} {second} means nothing here"));

    private static Step OnMouse(AppState state, InputEvent.Mouse mouse)
    {
        state = state with { Pending = null };
        if (state.Layout.IsTooSmall)
        {
            return state;
        }

        if (mouse.Action == MouseAction.Press && Chrome.CommandAt(state, mouse.X, mouse.Y) is { } command)
        {
            return OnCommand(state, command);
        }

        var isPress = mouse.Action == MouseAction.Press;
        var tab = isPress ? Chrome.TabAt(state, mouse.X, mouse.Y) : -1;
        state = isPress ? state with { Notice = null, MayQuit = false } : state;
        return tab >= 0 ? Show(state, tab) : state.Top.Point(state, mouse);
    }

    /// <summary>To a tab, as it was left.</summary>
    public static Step Show(AppState state, int tab) => state with { Tab = tab, Pages = [] };

    /// <summary>Does a command on another tab, which is shown for it.</summary>
    public static Step DoOn(AppState state, int tab, Command command) => Do(Settle(Show(state, tab)).State, command);

    private static Step OnReview(AppState state)
    {
        var step = new Step(state.Open(new ReviewPage()));
        return state.Plan.Steps.IsEmpty && state.Facts is not null
            ? step.And(new MakePlan(state.Plan.Revision, []))
            : step;
    }

    /// <summary>The last step before drawing: the texts that are only looked at, and asking for what the selection makes worth reading.</summary>
    public static Step Present(AppState state)
    {
        state = state with { TitleText = Chrome.TitleOf(state), JobsText = Chrome.JobsOf(state), TabTexts = Chrome.TabsOf(state), PlanText = state.Plan.Text };
        state = state with { HintTexts = Hinting.Of(state, state.Top.Hints), AlwaysTexts = Hinting.Of(state, (state.Layout.IsReduced ? Chrome.AlwaysShort : Chrome.Always).AsSpan()), PlanHintTexts = Hinting.Of(state, Chrome.PlanHints.AsSpan()) };
        var asked = state.Top.Ask(state);
        var step = Reading.Ask(asked.State, asked.State.Top.LooksAt(asked.State));
        return new Step(step.State.WithTop(step.State.Top.Answered(step.State)), asked.Effects.AddRange(step.Effects));
    }

    private static Step Settle(Step step)
    {
        var state = step.State;
        state = state with { Tabs = state.Tabs.SetItem(state.Tab, state.Tabs[state.Tab].Fresh(state)) };
        state = state.Pages.IsEmpty ? state : state.WithTop(state.Top.Fresh(state));
        return step with { State = state };
    }
}
