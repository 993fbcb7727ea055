using System.Collections.Immutable;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>Why the plan has no solution, and the repairs that were proven to help, with what each one changes.</summary>
internal sealed record ConflictsScreen : ListScreen
{
    private static readonly Hint[] hints = [new("Enter", "stage this repair"), new("j k", "next repair"), new("u", "undo"), new("Esc", "back")];

    private static readonly Hint[] idleHints = [new("r", "try again"), new("Esc", "back")];

    private ImmutableArray<Repair> repairs = [];
    private ImmutableArray<DetailLine> story = [];
    private ImmutableArray<DetailLine> answer = [];

    public override Scope Scope => Scope.Conflict;

    public override ReadOnlySpan<Hint> Hints => Count > 0 ? hints : idleHints;

    public override int Count => repairs.Length;

    /// <summary>To the conflict, when there is one.</summary>
    public static Step Find(AppState state) => state.Plan.Problem is null ? state.Say(Notice.Note("there is nothing to fix")) : Show(state);

    public static Step Show(AppState state) => Updating.Show(state, state.TabOf(Scope.Conflict));

    public override string BadgeOf(AppState state) => state.Plan.Conflict is null ? "" : "1!";

    protected override int AnswerCount => answer.Length;

    public override Rect Rows(in Layout layout) => layout.List.SplitTop(story.Length + 1).Below;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open when Count > 0 => Staging.Fix(state, repairs[Scroll.Selected]),
        Command.Back => Updating.Show(state, state.TabOf(Scope.Project)),
        _ => base.Do(state, command),
    };

    public override Screen Fresh(AppState state)
    {
        var conflict = state.Plan.Conflict;
        var next = this with { repairs = conflict?.Repairs ?? [], story = StoryOf(state, state.Layout.List.Width - 2) };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var (above, below) = layout.List.SplitTop(story.Length);
        Detail.Draw(canvas.Part(above.Shrink(1, 0)), story);
        canvas.Part(below).Write(1, 0, Count > 0 ? "Repairs that work, each one fully solved" : state.Plan.Conflict is null ? "" : "No repair was found.", Style.Strong);
        ListView.Draw(canvas.Part(Rows(layout)), new RepairRows(repairs.AsSpan()), Scroll, ListFocus);
    }

    private static ImmutableArray<DetailLine> StoryOf(AppState state, int width)
    {
        var detail = new Detail(width);
        if (state.Plan.Conflict is not { } conflict)
        {
            return detail.Text(state.Plan.Problem is { } problem ? $"! {problem.Message}" : state.Plan.Steps.IsEmpty ? "Nothing is staged, so nothing conflicts." : state.Plan.IsSolving ? "solving" : "The plan has a solution: p reviews it.")
                .Text(state.Plan.Problem?.Place?.ToString(), Style.Strong).Text(state.Plan.Problem?.Hint).Gap().Lines;
        }

        // In a small window the repairs must stay in view: the facts then have half of it.
        var factsMax = Math.Min(Explanation.CardFactsMax, Math.Max(2, (state.Layout.List.Height - 6) / 2));
        var explanation = conflict.Explanation;
        detail.Text(explanation.Headline, Style.Strong).Gap();
        foreach (var fact in explanation.Facts.Take(factsMax))
        {
            detail.Text($"{fact.Number}  {fact.Text}{(fact.Place is { } place ? $"  ({place.File}:{place.Line})" : "")}", default, 1);
            _ = state.Layout.IsWide ? detail.Text(fact.Detail, Style.Quiet, 4) : detail;
        }

        if (explanation.Facts.Length > factsMax)
        {
            detail.Text($"and {explanation.Facts.Length - factsMax} more", Style.Quiet, 4);
        }

        return detail.Text(explanation.Conclusion).Gap().Lines;
    }

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        if (Scroll.Selected >= Count)
        {
            return detail.Text(state.Plan.Steps.IsEmpty ? "" : "Take a step back with u, or choose another version with t.", Style.Quiet).Lines;
        }

        var repair = repairs[Scroll.Selected];
        detail.Text(repair.Title, Style.Strong).Text(repair.Reason).Gap();
        foreach (var edit in repair.Edits)
        {
            detail.Text(RepairEdits.TextOf(edit), new Style(Ink.Changed), 1);
        }

        detail.Gap().Text($"Lockfile   {Staging.Count(repair.Difference.Changes.Length, "change", "changes")}", Style.Strong);
        var width = repair.Difference.Changes.IsEmpty ? 0 : repair.Difference.Changes.Max(change => change.Name.Value.Length);
        foreach (var change in repair.Difference.Changes)
        {
            detail.Text(LockChangeText.Of(change, width), LockChangeText.StyleOf(change), 1);
        }

        return detail.Lines;
    }

    private readonly ref struct RepairRows(ReadOnlySpan<Repair> repairs) : IRows
    {
        private readonly ReadOnlySpan<Repair> repairs = repairs;

        public int Count => repairs.Length;

        public void Draw(Canvas row, int index)
        {
            Span<char> letter = [(char)('A' + Math.Min(index, 25))];
            var x = row.Write(1, 0, letter, new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
            var room = row.Width - x - 1;
            x = row.WriteFitted(x + 1, 0, Math.Min(room, Clusters.Measure(repairs[index].Title)), repairs[index].Title);
            row.Write(x + 2, 0, repairs[index].Reason, Style.Quiet);
        }
    }
}
