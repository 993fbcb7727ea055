using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Project;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Registries;

/// <summary>Where packages come from: registries, which names go to which, how they answered, and what is kept here for work offline.</summary>
internal sealed partial record RegistriesScreen : ListScreen
{
    private static readonly Hint[] hints =
        [new("r", "test"), new("a", "add"), new("d", "remove"), new("e", "edit"), new("J K", "reorder")];

    private static readonly Hint[] emptyHints = [new("a", "add")];

    private ImmutableArray<RegistryRow> rows = [];
    private ImmutableArray<DetailLine> below = [];
    private ImmutableArray<DetailLine> answer = [];

    /// <summary>Null until it is here.</summary>
    public Outcome<RegistryOverview>? Overview { get; init; }

    /// <summary>The last test of each registry that was tested.</summary>
    public ImmutableDictionary<string, RegistryTest> Tests { get; init; } = ImmutableDictionary<string, RegistryTest>.Empty;

    /// <summary>Names of those that are asked now.</summary>
    public ImmutableHashSet<string> Testing { get; init; } = [];

    public ImmutableArray<RegistryAnswer> Answers { get; init; } = [];

    /// <summary>The project, or the lack of one, that the overview was asked for with.</summary>
    public object? Seen { get; init; }

    public override Scope Scope => Scope.Registries;

    public override ReadOnlySpan<Hint> Hints => Count > 0 ? hints : emptyHints;

    public override int Count => rows.Length;

    private RegistryOverview? Known => (Overview as Outcome<RegistryOverview>.Done)?.Report;

    private RegistryView? Selected => Scroll.Selected < Count ? rows[Scroll.Selected].View : null;

    protected override int AnswerCount => answer.Length;

    public override bool DoesItself(AppState state, Command command) => command == Command.Refresh;

    public override string BadgeOf(AppState state) => Tests.Values.Count(test => test.State == RegistryState.Failed) is > 0 and var failed ? $"{failed}!" : "";

    public override string? WhyNot(AppState state, Command command) => (command, Selected) switch
    {
        (Command.Remove or Command.Edit or Command.MoveUp or Command.MoveDown, null) => "there is no registry here yet: a adds one",
        (Command.Remove or Command.Edit or Command.MoveUp or Command.MoveDown, { Where: "project", Entry.Name: var name }) =>
            $"{name} belongs to the project: change [registries] of its manifest",
        (Command.MoveUp, { } view) when !CanMove(view, -1) => $"{view.Entry.Name} is the first of yours",
        (Command.MoveDown, { } view) when !CanMove(view, 1) => $"{view.Entry.Name} is the last of yours",
        _ => base.WhyNot(state, command),
    };

    public override Step Ask(AppState state)
    {
        var now = (object?)state.Facts ?? state.Trouble;
        return now is null || ReferenceEquals(now, Seen) ? state : state.WithTop(this with { Seen = now }).Do(new ReadRegistries());
    }

    public override Step Do(AppState state, Command command) => (command, Selected) switch
    {
        (Command.Add, _) => RegistryForm.Of(null).Open(state),
        (Command.Edit, { } view) => RegistryForm.Of(view.Entry).Open(state),
        (Command.Remove, { } view) => state.Do(new PlanRegistry(new RegistryChange.Remove(view.Entry.Name))),
        (Command.MoveUp, { } view) => state.Do(new PlanRegistry(new RegistryChange.Move(view.Entry.Name, MoveDirection.Up))),
        (Command.MoveDown, { } view) => state.Do(new PlanRegistry(new RegistryChange.Move(view.Entry.Name, MoveDirection.Down))),
        (Command.Open, { } view) => state.Start($"test {view.Entry.Name}", new TestRegistry(view.Entry.Name)) is var step
            ? step with { State = step.State.Put(this with { Testing = Testing.Add(view.Entry.Name) }) } : state,
        (Command.Refresh, _) => Test(state),
        (Command.Back, _) => Updating.Show(state, state.TabOf(Scope.Project)),
        _ => base.Do(state, command),
    };

    /// <summary>Asks every registry, each as a job of its own, and reads the project anew.</summary>
    private Step Test(AppState state)
    {
        var step = new Step(state.WithTop(this with { Testing = [.. rows.Select(row => row.View.Entry.Name)] }));
        foreach (var row in rows)
        {
            var next = step.State.Start($"test {row.View.Entry.Name}", new TestRegistry(row.View.Entry.Name));
            step = next with { Effects = step.Effects.AddRange(next.Effects) };
        }

        return rows.IsEmpty ? step.And(new ReadRegistries()) : step.And(new OpenProject());
    }

    /// <summary>The selection goes with the registry that was moved.</summary>
    public RegistriesScreen Followed(RegistryChange change) => change is RegistryChange.Move { Direction: var direction }
        ? this with { Scroll = Scroll.Select(Scroll.Selected + (direction == MoveDirection.Up ? -1 : 1), Count) }
        : this;

    // Only the user's own are in a file that is changed here, and they stand together.
    private bool CanMove(RegistryView view, int by)
    {
        var own = rows.Select(row => row.View).Where(other => other.Where == "user").ToList();
        var to = own.IndexOf(view) + by;
        return to >= 0 && to < own.Count;
    }
}

/// <summary>A registry as a row, its texts ready.</summary>
internal sealed record RegistryRow(RegistryView View, string Number, string State, Style Style, string Delay);
