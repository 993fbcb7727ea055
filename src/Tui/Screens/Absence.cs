using System.Collections.Immutable;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>What stands where a list would, when there is no project to list or nothing in it.</summary>
internal static class Absence
{
    private static readonly Hint[] hints = [.. new[] { Command.Refresh, Command.SearchTab, Command.Quit }.Select(Chrome.HintOf)];

    /// <summary>The keys that do something all the same.</summary>
    public static ReadOnlySpan<Hint> Hints => hints;

    /// <summary>Empty where there is something to list, and while it is being read.</summary>
    public static ImmutableArray<DetailLine> Of(AppState state)
    {
        var detail = new Detail(state.Layout.List.Width - 2);
        if (state.Trouble is { } trouble)
        {
            return OfTrouble(detail, trouble).Lines;
        }

        return state.Facts is { Manifest.Dependencies.Length: 0 } && state.Plan.Steps.IsEmpty
            ? detail.Gap().Text("No dependencies yet.", Style.Strong).Gap().Text("a finds and adds one, 3 only looks.").Lines
            : [];
    }

    private static Detail OfTrouble(Detail detail, Problem trouble)
    {
        detail.Text($"! {trouble.Message}", new Style(Ink.Problem)).Text(trouble.Place?.ToString(), Style.Strong).Gap();
        detail.Text(trouble.Hint).Gap();
        return trouble.Code == ProblemCode.ManifestMissing
            ? detail.Text("What can be done", Style.Strong).Text("Enter   make a project here", default, 2).Text("3       search the feeds all the same", default, 2)
                .Text("r       look for a project again", default, 2).Text("q, then `cairn demo` opens a sample project to play with.", Style.Quiet, 2)
            : detail.Text("r reads it again.", Style.Quiet);
    }
}
