using System.Globalization;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Package;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Review;

/// <summary>What was asked, the exact text of both files, what it costs, and the button that does it.</summary>
internal sealed record ReviewPage : LinesScreen
{
    private static readonly Hint[] hints = [new("Enter", "apply"), new("Tab", "next button"), new("u", "drop the last step"), new("Esc", "back")];

    private static readonly Hint[] idleHints = [new("f", "why"), new("r", "try again"), new("Esc", "back")];

    /// <summary>The marked button is Back, not Apply.</summary>
    public bool IsBackMarked { get; init; }

    /// <summary>The answer to a plan of nothing: what an install would do.</summary>
    public ChangePlan? Plan { get; init; }

    public override Scope Scope => Scope.Review;

    public override ReadOnlySpan<Hint> Hints => Plan is null ? idleHints : hints;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.NextPane => state.WithTop(this with { IsBackMarked = !IsBackMarked }),
        Command.Open when IsBackMarked || Plan is { IsEmpty: true } => state.Close(),
        Command.Open when Plan is null => state.Say(Notice.Note(state.Plan.Problem is null ? "still solving" : "there is no solution to apply: f says why")),
        Command.Open => ApplyPage.Start(state.Close(), Plan),
        Command.Remove => Staging.Undo(state),
        _ => base.Do(state, command),
    };

    public override Screen Fresh(AppState state)
    {
        var plan = state.Plan.Solved;
        var detail = new Detail(state.Layout.Body.Width - 3);
        detail.Text($"Review plan{new string(' ', 20)}nothing is written yet", Style.Strong).Gap();
        AddAsked(detail, state);
        if (plan is null)
        {
            AddWaiting(detail, state);
        }
        else if (plan.IsEmpty)
        {
            detail.Text("Everything is as the manifest says: nothing to do.", Style.Quiet);
        }
        else
        {
            AddPlan(detail, plan);
        }

        return this with { Plan = plan, Lines = detail.Lines };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        base.Draw(canvas, state, layout);
        var row = canvas.Part(layout.Body.SplitBottom(1).Bottom);
        var x = DrawButton(row, 1, "[ Apply ]", !IsBackMarked, Plan is { IsEmpty: false });
        DrawButton(row, x + 2, "[ Back ]", IsBackMarked, isOn: true);
    }

    protected override Rect Area(in Layout layout) => layout.Body.SplitBottom(2).Above.Shrink(1, 0);

    private static int DrawButton(Canvas row, int x, string text, bool isMarked, bool isOn)
    {
        var style = isOn ? new Style(Ink.Accent, Ink.Default, Emphasis.Strong) : Style.Quiet;
        if (isMarked)
        {
            row.PlaceCursor(x, 0);
            style = style.With(Emphasis.Reverse);
        }

        return row.Write(x, 0, text, style);
    }

    private static void AddAsked(Detail detail, AppState state)
    {
        if (state.Plan.Steps.IsEmpty)
        {
            detail.Text("You staged nothing: this is what an install does.").Gap();
            return;
        }

        detail.Text("You asked", Style.Strong);
        foreach (var step in state.Plan.Steps)
        {
            detail.Text($"{step.Sign} {step.Words}", new Style(Ink.Changed), 2);
        }

        detail.Gap();
    }

    private static void AddWaiting(Detail detail, AppState state)
    {
        if (state.Plan.Problem is { } problem)
        {
            detail.Text($"! {problem.Message}", new Style(Ink.Problem)).Text(state.Plan.Conflict is null ? problem.Hint : "f says why, and what would help.");
            return;
        }

        detail.Text("solving", Style.Quiet);
    }

    private static void AddPlan(Detail detail, ChangePlan plan)
    {
        foreach (var manifest in plan.Manifests)
        {
            detail.Text(manifest.File, Style.Strong);
            foreach (var line in manifest.Hunks.SelectMany(hunk => hunk.Lines).Where(line => line.Kind != TextLineKind.Same))
            {
                var added = line.Kind == TextLineKind.Added;
                detail.Text($"{(added ? '+' : '-')} {line.Text}", new Style(added ? Ink.Added : Ink.Removed), 2);
            }
        }

        detail.Gap().Text($"Lockfile   {Staging.Count(plan.Lock.Changes.Length, "change", "changes")}", Style.Strong);
        var width = plan.Lock.Changes.IsEmpty ? 0 : plan.Lock.Changes.Max(change => change.Name.Value.Length);
        foreach (var change in plan.Lock.Changes)
        {
            detail.Text(LockChangeText.Of(change, width), LockChangeText.StyleOf(change), 2);
        }

        AddCost(detail.Gap(), plan);
    }

    private static void AddCost(Detail detail, ChangePlan plan)
    {
        var bytes = plan.ToFetch.Sum(fetch => fetch.Size ?? 0);
        detail.Pair("To fetch", $"{Staging.Count(plan.ToFetch.Length, "package", "packages")}{(bytes > 0 ? $", {PackageAnswer.SizeText(bytes)}" : "")}");
        detail.Pair("Installs", string.Create(CultureInfo.InvariantCulture, $"{plan.ToInstall.Length}, removes {plan.ToRemove.Length}, {plan.PackagesInstalled:N0} afterwards"));
        var breaking = plan.Lock.Changes.Count(change => change.IsBreaking);
        detail.Pair("Risk", breaking == 0 ? "no breaking step" : $"! {Staging.Count(breaking, "breaking step", "breaking steps")}", new Style(breaking == 0 ? Ink.Default : Ink.Notice));
        detail.Pair("Undo", "u any time, also after applying");
        detail.Pair("Same as", $"$ {plan.Command}");
        foreach (var warning in plan.Warnings)
        {
            detail.Text($"? {warning.Message}", new Style(Ink.Notice));
        }
    }
}
