using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Review;

/// <summary>What was asked, what was chosen, the exact text of both files, what it risks, and the button that does it.</summary>
internal sealed record ReviewPage : LinesScreen
{
    // Of a first install the beginning: licences are listed in a few lines.
    private const int ReadMax = 50;

    private static readonly string[] buttons = ["[ Apply ]", "[ Back ]", "[ Save as draft ]"];

    private const int ButtonsOfAnInstall = 2;

    private static readonly Hint[] hints = [new("Enter", "apply"), new("Tab", "next button"), new("d", "drop a line"), new("y c", "copy as command"), new("Esc", "back")];

    private static readonly Hint[] idleHints = [new("f", "why"), new("d", "drop a line"), new("r", "try again"), new("Esc", "back")];

    private ImmutableArray<DetailLine> side = [];
    private (StagedPlan?, object? Packages, object? Facts, int StepAt, int Width, int SideWidth) madeFrom;
    private int weighed = -1;

    /// <summary>The button that Enter does.</summary>
    public ReviewButton Marked { get; init; }

    /// <summary>The step that `d` drops: its place in the plan.</summary>
    public int StepAt { get; init; } = int.MaxValue;

    /// <summary>The answer to a plan of nothing: what an install would do.</summary>
    public ChangePlan? Plan { get; init; }

    public override Scope Scope => Scope.Review;

    public override ReadOnlySpan<Hint> Hints => Plan is null ? idleHints : hints;

    public override string? CopyOf(AppState state, Command command) => command == Command.CopyCommand ? Plan?.Command : null;

    public override IEnumerable<PackageName> LooksAt(AppState state) => Plan is { } plan ? plan.Lock.Changes.Select(change => change.Name).Distinct().Take(ReadMax) : [];

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.NextPane => state.WithTop(this with { Marked = (ReviewButton)(((int)Marked + 1) % Buttons(state)) }),
        Command.PreviousPane => state.WithTop(this with { Marked = (ReviewButton)(((int)Marked + Buttons(state) - 1) % Buttons(state)) }),
        Command.Open when Marked == ReviewButton.Draft => state.Close().Say(Notice.Note("kept as a draft: it is staged again when cairn opens here")),
        Command.Open when Marked == ReviewButton.Back || Plan is { IsEmpty: true } => state.Close(),
        Command.Open when Plan is null => state.Say(Notice.Note(state.Plan.Problem is null ? "still solving" : "there is no solution to apply: f says why")),
        Command.Open => ApplyPage.Start(state.Close(), Plan),
        Command.Remove => Drop(state),
        Command.Up or Command.Down when state.Plan.Steps.Length > 1 =>
            state.WithTop(this with { StepAt = Math.Clamp(Math.Min(StepAt, state.Plan.Steps.Length - 1) + (command == Command.Up ? -1 : 1), 0, state.Plan.Steps.Length - 1) }),
        _ => base.Do(state, command),
    };

    /// <summary>Once for a plan: what is known of its packages is asked when somebody looks at it.</summary>
    public override Step Ask(AppState state) => Plan is { Advisories: null, Lock.IsEmpty: false } plan && weighed != state.Plan.Revision
        ? state.WithTop(this with { weighed = state.Plan.Revision }).Do(new WeighPlan(state.Plan.Revision, plan))
        : state;

    public override Screen Fresh(AppState state)
    {
        // A plan may have thousands of lines, and a key changes none of them.
        var inputs = (state.Plan, state.Packages, state.Facts, StepAt, Area(state.Layout).Width, Side(state.Layout).Width);
        return madeFrom == inputs ? this : Remade(state) with { madeFrom = inputs };
    }

    public override Screen Bare => this with { Lines = [], side = [], madeFrom = default };

    private ReviewPage Remade(AppState state)
    {
        var plan = state.Plan.Solved;
        var isWide = state.Layout.IsWide && !Side(state.Layout).IsEmpty;
        var rows = new Detail(Area(state.Layout).Width - 2);
        ReviewText.AddStory(rows, state, plan, Math.Min(StepAt, state.Plan.Steps.Length - 1));
        var beside = isWide ? new Detail(Side(state.Layout).Width) : rows;
        if (plan is { IsEmpty: false })
        {
            ReviewText.AddRisk(beside, state, plan);
        }

        return this with { Marked = (int)Marked < Buttons(state) ? Marked : ReviewButton.Back, Plan = plan, Lines = rows.Lines, side = isWide ? beside.Lines : [] };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        base.Draw(canvas, state, layout);
        var right = Side(layout);
        if (!right.IsEmpty && side.Length > 0)
        {
            canvas.Part(new Rect(right.X - 2, right.Y, 1, right.Height)).VerticalRule(0, Style.Quiet);
            Detail.Draw(canvas.Part(right), side);
        }

        var row = canvas.Part(layout.Body.SplitBottom(1).Bottom);
        var x = 1;
        for (var i = 0; i < Buttons(state); i++)
        {
            x = DrawButton(row, x, buttons[i], (int)Marked == i, i != (int)ReviewButton.Apply || Plan is { IsEmpty: false }) + 2;
        }
    }

    protected override Rect Area(in Layout layout)
    {
        var body = layout.Body.SplitBottom(2).Above;
        return (layout.IsWide ? body.SplitLeft(body.Width * 60 / 100).Left : body).Shrink(1, 0);
    }

    private static Rect Side(in Layout layout)
    {
        if (!layout.IsWide)
        {
            return default;
        }

        var body = layout.Body.SplitBottom(2).Above;
        var right = body.SplitLeft(body.Width * 60 / 100).Beside;
        return new Rect(right.X + 2, right.Y, Math.Max(0, right.Width - 3), right.Height);
    }

    // A draft is of what is staged.
    private static int Buttons(AppState state) => state.Plan.Steps.IsEmpty ? ButtonsOfAnInstall : buttons.Length;

    private Step Drop(AppState state) => state.Plan.Steps.IsEmpty
        ? state.Say(Notice.Note("nothing is staged"))
        : Staging.Solve(state with { Plan = state.Plan.Without(state.Plan.Steps[Math.Min(StepAt, state.Plan.Steps.Length - 1)]) });

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
}

internal enum ReviewButton
{
    Apply,
    Back,
    Draft,
}
