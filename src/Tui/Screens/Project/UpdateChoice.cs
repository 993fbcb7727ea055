using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Screens.Project;

/// <summary>How far a row is to be updated.</summary>
internal enum UpdateChoice
{
    Keep,
    InRange,
    Latest,
}

/// <summary>The choice of a row, which is the step that is staged for it.</summary>
internal static class UpdateChoices
{
    public static UpdateChoice? Of(PlanStep? step) => step?.Edits is [ProjectEdit.Update { Precise: null } update]
        ? update.Reach == UpdateReach.Latest ? UpdateChoice.Latest : UpdateChoice.InRange
        : null;

    /// <summary>One choice further, or back; rows that have another step staged stay as they are.</summary>
    public static Step Turn(AppState state, PackageName name, int by)
    {
        var step = state.Plan.StepFor(name);
        if (step is not null && Of(step) is null)
        {
            return state;
        }

        var now = Of(step) ?? UpdateChoice.Keep;
        var last = Staging.DependencyOn(state, name) is null ? UpdateChoice.InRange : UpdateChoice.Latest;
        var next = (UpdateChoice)Math.Clamp((int)now + by, 0, (int)last);
        return next == now ? state : Staging.UpdateTo(state, name, next);
    }

    /// <summary>`keep [in range] latest`: all choices, the chosen one in brackets.</summary>
    public static string Words(UpdateChoice choice) => choice switch
    {
        UpdateChoice.Keep => "[keep] in range latest",
        UpdateChoice.InRange => "keep [in range] latest",
        _ => "keep in range [latest]",
    };
}
