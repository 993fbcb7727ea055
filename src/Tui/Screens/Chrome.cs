using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Problems;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>What is around every screen: title, tabs, plan and keys.</summary>
internal static class Chrome
{
    // Beside a problem that is cut off.
    private const string MoreText = "Enter says more";

    // One step for each time the state is drawn while something moves.
    private const string Spinner = "⠋⠙⠹⠸⠼⠴⠦⠧";

    // Titles of more jobs would push the project out of the row.
    private const int JobsMax = 2;

    /// <summary>At the right of the hint row, on every screen.</summary>
    public static ImmutableArray<Hint> Always { get; } = [HintOf(Command.Help), HintOf(Command.Palette)];

    /// <summary>The same where there is no room for two.</summary>
    public static ImmutableArray<Hint> AlwaysShort { get; } = [new("? :", "help")];

    /// <summary>At the right of the plan.</summary>
    public static ImmutableArray<Hint> PlanHints { get; } = [HintOf(Command.Review), HintOf(Command.Undo)];

    // `p review  u undo ` as in the table of keys.
    private const int PlanHintsWidth = 17;

    /// <summary>With the key of the table; <see cref="Hinting"/> puts the user's own in its place.</summary>
    public static Hint HintOf(Command command) => new(KeyMap.Default.KeyOf(command), KeyMap.Of(command).Verb);

    /// <summary>Draws the whole screen of a state.</summary>
    public static void Draw(Canvas canvas, AppState state)
    {
        var layout = state.Layout;
        if (layout.IsTooSmall)
        {
            DrawTooSmall(canvas);
            return;
        }

        DrawTitle(canvas.Part(layout.Title), state);
        DrawTabs(canvas.Part(layout.Tabs), state);
        if (state.Top.IsOverlay)
        {
            state.BelowTop.Draw(canvas, state, layout);
        }

        state.Top.Draw(canvas, state, layout);

        WhichKey.Draw(canvas.Part(layout.Body), state);
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
        return state.Layout.IsReduced ? $"{facts.Manifest.DisplayName}{state.Plan.ShortText}"
            : state.Layout.IsWide ? $"{facts.Manifest.DisplayName}  {facts.Folder}  {locked}"
            : $"{facts.Manifest.DisplayName}  {locked}";
    }

    /// <summary>What runs, the newest first; empty as long as it is too young to be worth a look.</summary>
    public static string JobsOf(AppState state)
    {
        var running = state.Jobs.Running.Where(job => job.Elapsed(state.Now) >= Job.ShownAfter).Reverse().ToList();
        if (running.Count == 0)
        {
            return state.Plan.IsSolving ? "solving" : "";
        }

        var words = state.Layout.IsWide ? string.Join("   ", running.Take(JobsMax).Select(WordsOf)) : ShareOf(running[0]);
        return $"{Staging.Count(running.Count, "job", "jobs")} {Turning(state, running[^1])} {words}".TrimEnd();
    }

    /// <summary>What turns as long as a job runs; its seconds where nothing may turn.</summary>
    public static string Turning(AppState state, Job job) => state.Motion == Motion.Reduced
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)job.Elapsed(state.Now).TotalSeconds} s")
        : Spinner[(int)(state.Now.Ticks / JobList.FrameTime.Ticks % Spinner.Length)].ToString();

    /// <summary>The digits and titles of the tabs, with what there is to say about each.</summary>
    public static ImmutableArray<string> TabsOf(AppState state)
    {
        if (state.Layout.IsReduced)
        {
            return [TabText(state, state.Tab, state.Layout.IsWide ? TabLength.Short : TabLength.Long)];
        }

        var texts = TabTexts(state, state.Layout.IsWide ? TabLength.Long : TabLength.Short);
        return Tabs.WidthOf(texts.AsSpan()) <= state.Size.Columns ? texts : TabTexts(state, TabLength.Digit);
    }

    private static ImmutableArray<string> TabTexts(AppState state, TabLength length)
    {
        var texts = ImmutableArray.CreateBuilder<string>(state.Tabs.Length);
        for (var i = 0; i < state.Tabs.Length; i++)
        {
            texts.Add(TabText(state, i, i == state.Tab && length == TabLength.Digit ? TabLength.Short : length));
        }

        return texts.MoveToImmutable();
    }

    private static string TabText(AppState state, int tab, TabLength length)
    {
        var (badge, title) = (state.Tabs[tab].BadgeOf(state), TabTitle.Of(state.Tabs[tab].Scope));
        return length switch
        {
            TabLength.Long => badge.Length == 0 ? $"{title.Digit} {title.Long}" : $"{title.Digit} {title.Long} {badge}",
            TabLength.Short => $"{title.Digit} {title.Short}{badge}",
            _ => $"{title.Digit}{badge}",
        };
    }

    /// <summary>The tab whose title is at a place, or -1.</summary>
    public static int TabAt(AppState state, int x, int y) =>
        y == state.Layout.Tabs.Y && !state.Layout.IsReduced ? Tabs.At(state.TabTexts.AsSpan(), x - state.Layout.Tabs.X) : -1;

    /// <summary>What a click on the row of the plan or of the hints asks for; null anywhere else.</summary>
    public static Command? CommandAt(AppState state, int x, int y)
    {
        var layout = state.Layout;
        if (layout.Plan.Contains(x, y))
        {
            return x >= layout.Plan.Width - PlanHintsWidth / 2 - 2 ? Command.Undo : Command.Review;
        }

        if (!layout.Hints.Contains(x, y))
        {
            return null;
        }

        if (state.Notice is { } notice)
        {
            return notice.Problem is null ? null : Command.Open;
        }

        var hints = state.Top.Hints;
        var at = HintRow.At(layout.Hints.Width, state.HintTexts.AsSpan(), state.AlwaysTexts.AsSpan(), x);
        return at < 0 ? null
            : at < hints.Length ? Hinting.CommandOf(state, hints[at])
            : at == hints.Length ? Command.Help
            : Command.Palette;
    }

    private static string WordsOf(Job job) => $"{job.Title} {ShareOf(job)}".TrimEnd();

    private static string ShareOf(Job job) => job.Progress is { Total: > 0 } progress
        ? string.Create(CultureInfo.InvariantCulture, $"{progress.Done * 100 / progress.Total}%")
        : "";

    // Numbers are written apart, so that nothing is allocated.
    private static void DrawTooSmall(Canvas canvas)
    {
        var x = canvas.Write(0, 0, "cairn needs ");
        x = canvas.Write(x, 0, Layout.Least.Columns);
        x = canvas.Write(x, 0, "x");
        x = canvas.Write(x, 0, Layout.Least.Rows);
        x = canvas.Write(x, 0, ", this is ");
        x = canvas.Write(x, 0, canvas.Width);
        x = canvas.Write(x, 0, "x");
        canvas.Write(x, 0, canvas.Height);
        canvas.PlaceCursor(0, 0);
    }

    private static void DrawTitle(Canvas row, AppState state)
    {
        var x = row.Write(1, 0, "cairn", new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
        var kept = state.JobsText.Length == 0 ? 0 : Clusters.Measure(state.JobsText) + 2;
        row.WriteFitted(x + 2, 0, row.Width - x - 3 - kept, state.TitleText);
        row.WriteRight(row.Width - 1, 0, state.JobsText, Style.Quiet);
    }

    private static void DrawTabs(Canvas tabs, AppState state)
    {
        Tabs.Draw(tabs.RowAt(0), state.TabTexts.AsSpan(), state.Layout.IsReduced ? 0 : state.Tab);
        if (tabs.Height > 1)
        {
            tabs.Rule(1, Style.Quiet);
        }
    }

    private static void DrawPlan(Canvas row, AppState state)
    {
        if (row.Height == 0)
        {
            return;
        }

        row.Rule(0, Style.Quiet);
        var x = row.Write(2, 0, " Plan: ", Style.Quiet);
        var room = row.Width - x - 24;
        var width = Math.Min(room, Clusters.Measure(state.PlanText));
        var style = state.Plan.Problem is not null ? new Style(Ink.Problem) : state.Plan.Steps.IsEmpty ? Style.Quiet : Style.Strong;
        x = row.WriteFitted(x, 0, width, state.PlanText, style);
        row.Write(x, 0, " ");
        x = row.Width - PlanHintsWidth - 2;
        row.Repeat(x - 1, 0, PlanHintsWidth + 1, ' ');
        foreach (var hint in state.PlanHintTexts)
        {
            x = row.Write(x, 0, hint.Key, new Style(Ink.Accent)) + 1;
            x = row.Write(x, 0, hint.Verb) + 2;
        }
    }

    private static void DrawHints(Canvas row, AppState state)
    {
        if (state.Notice is { } notice)
        {
            var kept = notice.Problem is null ? 0 : Clusters.Measure(MoreText) + 2;
            row.WriteFitted(1, 0, row.Width - 2 - kept, notice.Text, notice.Style);
            row.WriteRight(row.Width - 1, 0, notice.Problem is null ? "" : MoreText, new Style(Ink.Accent));
            return;
        }

        HintRow.Draw(row, state.HintTexts.AsSpan(), state.AlwaysTexts.AsSpan());
    }

    // How much of a tab's title there is room for.
    private enum TabLength
    {
        Long,
        Short,
        Digit,
    }
}
