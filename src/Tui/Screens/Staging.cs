using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;

namespace Registry.Tui.Screens;

/// <summary>What the keys that edit put into the plan. Each gives the next state and the effect that solves it.</summary>
internal static class Staging
{
    public static Step Add(AppState state, PackageName name, SemanticVersion? latest, DependencyGroup group)
    {
        if (DependencyOn(state, name) is not null)
        {
            return state.Say(Notice.Note($"{name} is a dependency already: t chooses a version"));
        }

        var constraint = latest is null ? null : Constraint.Caret(latest);
        var words = $"{name} {constraint?.Text ?? "newest"}{(group == DependencyGroup.Dev ? " for development" : "")}";
        return Stage(state, new PlanStep('+', words, name, [new ProjectEdit.Add(name, constraint, group, DependencyOrigin.Feed.Routed)]));
    }

    /// <summary>Stages the removal of a direct dependency; again takes that back.</summary>
    public static Step Remove(AppState state, PackageName name)
    {
        if (Working.WhyBusy(state) is { } busy)
        {
            return state.Say(Notice.Note(busy));
        }

        if (state.Plan.StepFor(name) is { Sign: '-' or '+' })
        {
            return Solve(state with { Plan = state.Plan.Without(name) });
        }

        return DependencyOn(state, name) is { } dependency
            ? Stage(state, new PlanStep('-', name.Value, name, [new ProjectEdit.Remove(dependency.LocalName, dependency.Group)]))
            : state.Say(Notice.Note($"{name} is not in the manifest: w says what needs it"));
    }

    /// <summary>Stages in range, then the latest, then nothing.</summary>
    public static Step Update(AppState state, PackageName name)
    {
        if (Working.WhyBusy(state) is { } busy)
        {
            return state.Say(Notice.Note(busy));
        }

        if (state.Plan.StepFor(name) is not { Sign: '~' } staged)
        {
            return Stage(state, UpdateStep(name, "in range", UpdateReach.Allowed));
        }

        var canReachFurther = staged.Edits is [ProjectEdit.Update { Reach: UpdateReach.Allowed }] && DependencyOn(state, name) is not null;
        return canReachFurther
            ? Stage(state, UpdateStep(name, "to the latest", UpdateReach.Latest))
            : Solve(state with { Plan = state.Plan.Without(name) });
    }

    /// <summary>Stages exactly this reach, or takes what is staged back.</summary>
    public static Step UpdateTo(AppState state, PackageName name, UpdateChoice choice) => choice switch
    {
        UpdateChoice.Keep => Solve(state with { Plan = state.Plan.Without(name) }),
        UpdateChoice.InRange => Stage(state, UpdateStep(name, "in range", UpdateReach.Allowed)),
        _ => Stage(state, UpdateStep(name, "to the latest", UpdateReach.Latest)),
    };

    /// <summary>Pins a direct dependency to its locked version, or gives a pinned one its range back.</summary>
    public static Step Pin(AppState state, PackageName name)
    {
        var node = state.Graph.Find(name);
        if (DependencyOn(state, name) is not { } dependency || node < 0)
        {
            return state.Say(Notice.Note($"{name} is not a locked direct dependency"));
        }

        var version = state.Graph.Nodes[node].Package.Id.Version;
        var pin = Constraint.Exactly(version);
        var to = dependency.Constraint.Equals(pin) ? Constraint.Caret(version) : pin;
        return Stage(state, new PlanStep(
            '=', $"{name} {dependency.Constraint} -> {to}", name, [new ProjectEdit.Constrain(dependency.Group, dependency.LocalName, to)]));
    }

    /// <summary>Stages exactly this version: the lock where the manifest admits it, else the manifest too.</summary>
    public static Step Choose(AppState state, PackageName name, SemanticVersion version)
    {
        var exactly = new ProjectEdit.Update(name, version);
        if (DependencyOn(state, name) is not { } dependency)
        {
            return state.Graph.Find(name) >= 0
                ? Stage(state, new PlanStep('~', $"{name} -> {version}", name, [exactly]))
                : Stage(state, new PlanStep('+', $"{name} ^{version}", name, [new ProjectEdit.Add(name, Constraint.Caret(version), DependencyGroup.Normal, DependencyOrigin.Feed.Routed), exactly]));
        }

        if (dependency.Constraint.Admits(version))
        {
            return Stage(state, new PlanStep('~', $"{name} -> {version}", name, [exactly]));
        }

        var to = Constraint.Caret(version);
        return Stage(state, new PlanStep(
            '~', $"{name} {dependency.Constraint} -> {to}", name, [new ProjectEdit.Constrain(dependency.Group, dependency.LocalName, to), exactly]));
    }

    /// <summary>Stages a proven repair as one step, in place of another one of the same conflict.</summary>
    /// <param name="others">Fixes that are staged already.</param>
    public static Step Fix(AppState state, Repair repair, IEnumerable<PlanStep> others) => Stage(
        state with { Plan = state.Plan.Without([.. others]) }, new PlanStep('~', $"fix: {repair.Title}", null, [new ProjectEdit.ApplyRepair(repair)]));

    /// <summary>Stages a step of a screen's own; when exactly that is staged, takes it back.</summary>
    public static Step Toggle(AppState state, PlanStep step) => state.Plan.Steps.FirstOrDefault(staged => staged.Edits.SequenceEqual(step.Edits)) is { } same
        ? Solve(state with { Plan = state.Plan.Without(same) })
        : Stage(state, step);

    /// <summary>Takes back the last step; with nothing staged, the last applied change.</summary>
    public static Step Undo(AppState state)
    {
        if (Working.WhyBusy(state) is { } busy)
        {
            return state.Say(Notice.Note(busy));
        }

        if (state.Plan.Steps.IsEmpty)
        {
            return state.Say(Notice.Note("taking back the last change")).Start("undo the last change", new Travel(TravelDirection.Back));
        }

        return Solve(state with { Plan = state.Plan.Undo() });
    }

    public static Step Redo(AppState state) => Working.WhyBusy(state) is { } busy
        ? state.Say(Notice.Note(busy))
        : state.Plan.Undone.IsEmpty
        ? state.Say(Notice.Note("doing it again")).Start("redo", new Travel(TravelDirection.Forward))
        : Solve(state with { Plan = state.Plan.Redo() });

    /// <summary>Solves the plan anew, when there is one.</summary>
    public static Step Solve(AppState state) => state.Plan.Steps.IsEmpty
        ? state
        : state.Do(new MakePlan(state.Plan.Revision, state.Plan.Edits) { Wishes = ConflictsScreen.Of(state).Wishes.Wishes });

    public static Step Do(this AppState state, params ReadOnlySpan<Effect> effects) => new(state, [.. effects]);

    /// <summary>The project's own dependency on a package, or null.</summary>
    public static Dependency? DependencyOn(AppState state, PackageName name) =>
        state.Facts?.Manifest.Dependencies.FirstOrDefault(dependency => dependency.Name == name);

    /// <summary>`3 packages`, `1 package`.</summary>
    public static string Count(int count, string one, string many) =>
        count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many}");

    private static Step Stage(AppState state, PlanStep step) => Working.WhyBusy(state) is { } busy
        ? state.Say(Notice.Note(busy))
        : state.Facts is null
        ? state.Say(state.Trouble is { Code: not ProblemCode.ManifestMissing } trouble ? Notice.Of(trouble) : Notice.Note("there is no project here to change: cairn init makes one"))
        : Solve(state with { Plan = state.Plan.With(step) });

    private static PlanStep UpdateStep(PackageName name, string how, UpdateReach reach) =>
        new('~', $"{name} {how}", name, [new ProjectEdit.Update(name, null, reach)]);
}
