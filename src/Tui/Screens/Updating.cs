using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>From a state and a message to the next state and what is to be done. Pure: the whole program's behaviour is here.</summary>
internal static class Updating
{
    // Direct dependencies whose releases are read at once; of the rest those that are looked at.
    private const int ReadAtOpenMax = 200;
    private const int DependentsMax = 8;

    /// <summary>What a program begins with.</summary>
    /// <param name="staged">What is in the plan from the start.</param>
    public static Step Start(TerminalSize size, ImmutableArray<PlanStep> staged)
    {
        var state = AppState.Start(size);
        state = state with { Plan = staged.Aggregate(state.Plan, (plan, step) => plan.With(step)), ShowsConflict = !staged.IsEmpty };
        return Settle(state.Do(new Effect.Open()));
    }

    public static Step Update(AppState state, Message message) => Settle(message switch
    {
        Message.Input { Event: InputEvent.KeyPress key } => OnKey(state, key),
        Message.Input { Event: InputEvent.Mouse mouse } => OnMouse(state, mouse),
        Message.Input input => state.Top.IsTyping ? state.Top.Type(state, input.Event) : state,
        Message.Resized resized => state with { Size = resized.Size },
        Message.Opened opened => OnOpened(state, opened.Outcome),
        Message.NamesRead read => OnNames(state, read.Outcome),
        Message.PackageRead read => OnPackage(state, read),
        Message.WhyNotAnswered answer => OnWhyNot(state, answer),
        Message.Planned planned => OnPlanned(state, planned),
        Message.Progressed progressed => OnProgress(state, progressed),
        Message.Applied applied => OnApplied(state, applied.Outcome),
        Message.Travelled travelled => OnTravelled(state, travelled),
        _ => state,
    });

    /// <summary>Does a command, wherever it came from.</summary>
    public static Step Do(AppState state, Command command) => command switch
    {
        Command.Suspend => state.Do(new Effect.Suspend()),
        Command.Redraw => state.Do(new Effect.Redraw()),
        Command.Mouse => (state with { UsesMouse = !state.UsesMouse }).Do(new Effect.UseMouse(!state.UsesMouse)),
        Command.Help => HelpPage.Open(state),
        Command.Cancel when state.Top is not ApplyPage => OnCancel(state),
        Command.Quit when state.Top is ApplyPage => state,
        Command.Quit when !state.Pages.IsEmpty => state.Close(),
        Command.Quit => OnQuit(state),
        _ when state.Top is ApplyPage or HelpPage => state.Top.Do(state, command),
        Command.ProjectTab or Command.TreeTab or Command.SearchTab => OnTab(state, command - Command.ProjectTab),
        Command.Undo => Staging.Undo(state),
        Command.Redo => Staging.Redo(state),
        Command.Review => OnReview(state),
        Command.Fix => ConflictPage.Open(state),
        Command.Refresh => (state with { Asked = [], Names = null, NamesTrouble = null }).Do(new Effect.Open()),
        _ => state.Top.Do(state, command),
    };

    private static Step OnKey(AppState state, InputEvent.KeyPress key)
    {
        var wasAsked = state.MayQuit;
        state = state with { Notice = null, MayQuit = false };
        if (KeyMap.Find(key, state.Top.Scope, state.Top.IsTyping) is { } command)
        {
            return Do(state with { MayQuit = wasAsked && command is (Command.Cancel or Command.Quit) }, command);
        }

        return state.Top.IsTyping ? state.Top.Type(state, key) : state;
    }

    private static Step OnMouse(AppState state, InputEvent.Mouse mouse)
    {
        var tab = mouse.Action == MouseAction.Press ? Chrome.TabAt(state.Layout, mouse.X, mouse.Y) : -1;
        return tab >= 0 && state.Top is not ApplyPage ? OnTab(state, tab) : state.Top.Point(state, mouse);
    }

    private static Step OnTab(AppState state, int tab) => state with { Tab = tab, Pages = [] };

    private static Step OnCancel(AppState state)
    {
        if (state.MayQuit)
        {
            return state.Do(new Effect.Quit());
        }

        return (state with { MayQuit = true }).Say(Notice.Note("nothing is running; Ctrl-C again quits"));
    }

    private static Step OnQuit(AppState state) => state.MayQuit || state.Plan.Steps.IsEmpty
        ? state.Do(new Effect.Quit())
        : (state with { MayQuit = true }).Say(Notice.Note($"{Staging.Count(state.Plan.Steps.Length, "step is", "steps are")} staged and not applied: q again quits without, p reviews"));

    private static Step OnReview(AppState state)
    {
        var step = new Step(state.Open(new ReviewPage()));
        return state.Plan.Steps.IsEmpty && state.Facts is not null
            ? step.And(new Effect.MakePlan(state.Plan.Revision, []))
            : step;
    }

    private static Step OnOpened(AppState state, Outcome<ProjectOverview> outcome)
    {
        if (outcome is not Outcome<ProjectOverview>.Done { Report: var facts })
        {
            return (state with { Trouble = (outcome as Outcome<ProjectOverview>.Failed)?.Problem, Facts = null }).Do(new Effect.ReadNames());
        }

        state = state with { Facts = facts, Trouble = null, Graph = DependencyGraph.Of(facts.Lockfile) };
        var direct = facts.Manifest.Dependencies.Select(dependency => dependency.Name).Take(ReadAtOpenMax);
        var step = Reading.Ask(state, direct);
        step = state.Names is null ? step.And(new Effect.ReadNames()) : step;
        return !state.Plan.Steps.IsEmpty || state.Plan.Result is not null || IsBehind(state)
            ? step.And(new Effect.MakePlan(state.Plan.Revision, state.Plan.Edits)) : step;
    }

    // The lockfile does not say what the manifest asks for: what an install would do, or why it cannot, is worth knowing at once.
    private static bool IsBehind(AppState state) => state.Facts is { } facts && (facts.Lockfile is null || facts.Manifest.Dependencies.Any(
        dependency => state.Graph.Find(dependency.Name) is var node
            && (node < 0 ? !dependency.IsOptional : !dependency.Constraint.AdmitsWithPrereleases(state.Graph.Nodes[node].Package.Id.Version))));

    private static Step OnNames(AppState state, Outcome<NameIndex> outcome) => outcome switch
    {
        Outcome<NameIndex>.Done done => state with { Names = done.Report, NamesTrouble = null },
        Outcome<NameIndex>.Failed failed => state with { NamesTrouble = failed.Problem },
        _ => state,
    };

    private static Step OnPackage(AppState state, Message.PackageRead read) => read.Outcome is Outcome<PackageIndex>.Done done
        ? state with { Packages = state.Packages.SetItem(read.Name, done.Report) }
        : state;

    private static Step OnWhyNot(AppState state, Message.WhyNotAnswered answer) =>
        state.Top is TextPage { Kind: TextPageKind.WhyNotNewer } page && page.Name == answer.Name
            ? state.WithTop(page with { Proof = answer.Outcome })
            : state;

    private static Step OnPlanned(AppState state, Message.Planned planned)
    {
        if (planned.Revision != state.Plan.Revision)
        {
            return state;
        }

        var opens = state.ShowsConflict && state.Pages.IsEmpty;
        state = state with { Plan = state.Plan with { Result = planned.Outcome }, ShowsConflict = false };
        if (opens && state.Plan.Conflict is not null)
        {
            return ConflictPage.Open(state);
        }

        return planned.Outcome is Outcome<ChangePlan>.Failed { Problem: { Detail: null } problem } ? state.Say(Notice.Of(problem)) : state;
    }

    private static Step OnProgress(AppState state, Message.Progressed progressed) =>
        state.Top is ApplyPage page ? state.WithTop(page.After(progressed.Event)) : state;

    private static Step OnApplied(AppState state, Outcome<ChangeReport> outcome)
    {
        state = state.Top is ApplyPage ? state.Close() : state;
        return outcome switch
        {
            Outcome<ChangeReport>.Done done => (state with { Plan = state.Plan.Cleared(), Pages = [], HasChanged = true })
                .Say(Notice.Done($"Applied: {Summary(done.Report)}. u takes it back"))
                .Do(new Effect.Open()),
            // Kept with the plan: the notice is one line and goes with the next key.
            Outcome<ChangeReport>.Failed failed => Failed(
                state with { Plan = state.Plan with { Result = new Outcome<ChangePlan>.Failed(failed.Problem) } }, failed.Problem),
            _ => state.Say(Notice.Note("Stopped. Nothing was changed; the plan is still staged")),
        };
    }

    private static Step OnTravelled(AppState state, Message.Travelled travelled)
    {
        var verb = travelled.Direction == TravelDirection.Back ? "Taken back" : "Done again";
        return travelled.Outcome switch
        {
            Outcome<ChangeReport>.Done done => (state with { HasChanged = travelled.Direction == TravelDirection.Forward }).Say(Notice.Done($"{verb}: {Summary(done.Report)}")).Do(new Effect.Open()),
            Outcome<ChangeReport>.Failed failed => Failed(state, failed.Problem),
            _ => state,
        };
    }

    private static Step Failed(AppState state, Problem problem) => state.Say(Notice.Of(problem));

    private static string Summary(ChangeReport report)
    {
        var parts = new List<string>();
        if (!report.Lock.IsEmpty)
        {
            parts.Add($"{Staging.Count(report.Lock.Changes.Length, "change", "changes")} in the lock");
        }

        if (!report.Installed.IsEmpty || report.Removed.IsEmpty)
        {
            parts.Add($"{Staging.Count(report.Installed.Length, "package", "packages")} installed");
        }

        if (!report.Removed.IsEmpty)
        {
            parts.Add($"{Staging.Count(report.Removed.Length, "package", "packages")} removed");
        }

        return string.Join(", ", parts);
    }

    /// <summary>The last step before drawing: the texts that are only looked at, and asking for what the selection makes worth reading.</summary>
    public static Step Present(AppState state)
    {
        state = state with { TitleText = Chrome.TitleOf(state), PlanText = state.Plan.Text };
        state = state.WithTop(state.Top.Answered(state));
        return Reading.Ask(state, LookedAt(state));
    }

    private static Step Settle(Step step)
    {
        var state = step.State;
        state = state with { Tabs = state.Tabs.SetItem(state.Tab, state.Tabs[state.Tab].Fresh(state)) };
        state = state.Pages.IsEmpty ? state : state.WithTop(state.Top.Fresh(state));
        return step with { State = state };
    }

    private static IEnumerable<PackageName> LookedAt(AppState state) => state.Top switch
    {
        PackagePage page => [page.Name],
        VersionsPage page => [page.Name],
        TreeScreen { SelectedNode: >= 0 and var node } tree => tree.ParentsInView(state).Select(number => state.Graph.Nodes[number].Package.Id.Name)
            .Concat(state.Graph.NeededBy(node).ToArray().Take(DependentsMax).Append(node)
            .Select(number => state.Graph.Nodes[number].Package.Id.Name)),
        SearchScreen { IsInList: true, SelectedName: { } name } => [name],
        _ => [],
    };
}
