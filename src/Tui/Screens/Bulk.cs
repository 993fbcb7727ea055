using Registry.Tui.Screens.Review;

namespace Registry.Tui.Screens;

/// <summary>One command for many rows: each becomes a step of its own in the plan, and the plan is solved once.</summary>
internal static class Bulk
{
    public static Step Do(AppState state, IEnumerable<int> rows, Func<AppState, int, Step> stage)
    {
        var step = new Step(state);
        foreach (var row in rows)
        {
            var next = stage(step.State, row);
            step = next with { Effects = step.Effects.RemoveAll(effect => effect is MakePlan).AddRange(next.Effects) };
        }

        return step;
    }
}
