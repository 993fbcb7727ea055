using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>What is around every screen: title, tabs, plan and keys.</summary>
internal static class Chrome
{
    private static readonly string[] titles = ["Project", "Tree", "Search"];

    private static readonly Hint[] always = [HintOf(Command.Help)];

    private static readonly Hint[] planHints = [HintOf(Command.Review), HintOf(Command.Undo)];

    // `solving` with a gap before it.
    private const int SolvingWidth = 9;

    // `p review  u undo ` as in the table of keys.
    private const int PlanHintsWidth = 17;

    public static Hint HintOf(Command command) => new(KeyMap.KeyOf(command), KeyMap.Of(command).Verb);

    /// <summary>Draws the whole screen of a state.</summary>
    public static void Draw(Canvas canvas, AppState state)
    {
        var layout = state.Layout;
        DrawTitle(canvas.Part(layout.Title), state);
        DrawTabs(canvas.Part(layout.Tabs), state);
        if (state.Top is HelpPage help)
        {
            state.BelowTop.Draw(canvas, state, layout);
            help.Draw(canvas, state, layout);
        }
        else
        {
            state.Top.Draw(canvas, state, layout);
        }

        DrawPlan(canvas.Part(layout.Plan), state);
        DrawHints(canvas.Part(layout.Hints), state);
    }

    public static string TitleOf(AppState state)
    {
        if (state.Facts is not { } facts)
        {
            return state.Trouble switch
            {
                null => "opening",
                { Code: ProblemCode.ManifestMissing } => "no project here",
                _ => "the project cannot be read",
            };
        }

        var packages = state.Graph.Nodes.Length - state.Graph.Roots.Length;
        var locked = facts.Lockfile is null ? "not locked" : $"locked · {Staging.Count(packages, "package", "packages")}";
        return state.Layout.IsWide ? $"{facts.Manifest.DisplayName}  {facts.Folder}  {locked}" : $"{facts.Manifest.DisplayName}  {locked}";
    }

    /// <summary>The tab whose title is at a place, or -1.</summary>
    public static int TabAt(in Layout layout, int x, int y) => y == layout.Tabs.Y ? Tabs.At(titles, x - layout.Tabs.X) : -1;

    private static void DrawTitle(Canvas row, AppState state)
    {
        var x = row.Write(1, 0, "cairn", new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
        var kept = state.Plan.IsSolving ? SolvingWidth : 0;
        row.WriteFitted(x + 2, 0, row.Width - x - 3 - kept, state.TitleText);
        if (state.Plan.IsSolving)
        {
            row.WriteRight(row.Width - 1, 0, "solving", Style.Quiet);
        }
    }

    private static void DrawTabs(Canvas tabs, AppState state)
    {
        Tabs.Draw(tabs.RowAt(0), titles, state.Tab);
        if (tabs.Height > 1)
        {
            tabs.Rule(1, Style.Quiet);
        }
    }

    private static void DrawPlan(Canvas row, AppState state)
    {
        row.Rule(0, Style.Quiet);
        var x = row.Write(2, 0, " Plan: ", Style.Quiet);
        var room = row.Width - x - 24;
        var width = Math.Min(room, Clusters.Measure(state.PlanText));
        var style = state.Plan.Problem is not null ? new Style(Ink.Problem) : state.Plan.Steps.IsEmpty ? Style.Quiet : Style.Strong;
        x = row.WriteFitted(x, 0, width, state.PlanText, style);
        row.Write(x, 0, " ");
        x = row.Width - PlanHintsWidth - 2;
        row.Repeat(x - 1, 0, PlanHintsWidth + 1, ' ');
        foreach (var hint in planHints)
        {
            x = row.Write(x, 0, hint.Key, new Style(Ink.Accent)) + 1;
            x = row.Write(x, 0, hint.Verb) + 2;
        }
    }

    private static void DrawHints(Canvas row, AppState state)
    {
        if (state.Notice is { } notice)
        {
            row.WriteFitted(1, 0, row.Width - 2, notice.Text, notice.Style);
            return;
        }

        HintRow.Draw(row, state.Top.Hints, always);
    }
}
