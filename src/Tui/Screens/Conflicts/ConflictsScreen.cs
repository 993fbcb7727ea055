using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>
/// Why the plan has no solution, the fixes that were proven to work with what each one changes, and the wishes that steer
/// them. The session stays as it is while the user is elsewhere.
/// </summary>
internal sealed record ConflictsScreen : ListScreen
{
    private const int DrawerLeast = 8;

    private static readonly Hint[] hints =
        [new("Enter", "stage fix"), new("+", "must stay"), new("-", "must not"), new(". ,", "next/prev fix"), new("x", "explain more"), new("O", "overrides")];

    private static readonly Hint[] stuckHints = [new("Enter", "do this line"), new("x", "explain"), new("Esc", "back")];

    private static readonly Hint[] idleHints = [new("r", "try again"), new("Esc", "back")];

    private ImmutableArray<ConflictRow> head = [];
    private ImmutableArray<ConflictRow> story = [];
    private ImmutableArray<ConflictRow> answer = [];

    /// <summary>What must stay and what must not be; holds for all that is planned until it is applied.</summary>
    public WishList Wishes { get; init; } = WishList.Empty;

    /// <summary>What the session is about: the staged edits without the fixes of it.</summary>
    public ImmutableArray<ProjectEdit> Edits { get; init; } = [];

    /// <summary>Null until something came.</summary>
    public ConflictReport? Report { get; init; }

    /// <summary>Why nothing comes.</summary>
    public Problem? Trouble { get; init; }

    public bool IsAsking { get; init; }

    public bool ShowsForced { get; init; }

    /// <summary>Which of several conflicts is told.</summary>
    public int Part { get; init; }

    /// <summary>The selected row of the answer, when it has the keys.</summary>
    public int AnswerRow { get; init; }

    public override Scope Scope => Scope.Conflict;

    public override ReadOnlySpan<Hint> Hints => Report?.State is null ? idleHints : Report.State.Deadlock is null ? hints : stuckHints;

    public override int Count => story.Length;

    protected override int AnswerCount => answer.Length;

    private RowTarget? Selected => IsAnswerFocused ? answer.ElementAtOrDefault(AnswerRow)?.Target : story.ElementAtOrDefault(Scroll.Selected)?.Target;

    private ConflictOffer? Offer => story.ElementAtOrDefault(Scroll.Selected)?.Target switch
    {
        RowTarget.Fix fix => fix.Offer,
        RowTarget.Way { Out.Offer: { } offer } => Report!.Of(offer),
        RowTarget.RuledOut ruledOut => Report!.Of(ruledOut.Repair.Offer),
        _ => Report is { State: { Repairs: [var first, ..] } } report ? report.Of(first) : null,
    };

    public static ConflictsScreen Of(AppState state) => state.ScreenOf<ConflictsScreen>();

    /// <summary>To the conflict, when there is one.</summary>
    public static Step Find(AppState state) => HasWhatToFix(state) ? Show(state) : state.Say(Notice.Note("there is nothing to fix"));

    /// <summary>A plan that cannot be solved, or a fix of it that is staged and may be exchanged.</summary>
    public static bool HasWhatToFix(AppState state) => state.Plan.Problem is not null || Of(state).IsFixed(state);

    public static Step Show(AppState state) => Updating.Show(state, state.TabOf(Scope.Conflict));

    /// <summary>Begins to talk over the conflict of the plan, or goes on where the talk was left.</summary>
    public static Step Talk(AppState state)
    {
        var (screen, edits) = (Of(state), state.Plan.Edits);
        if (screen.Report is not null && edits.SequenceEqual(screen.Edits) && !screen.IsAsking && screen.Report.State?.Wishes.SequenceEqual(screen.Wishes.Wishes) == true)
        {
            return state;
        }

        var isSame = edits.SequenceEqual(screen.Edits);
        screen = screen with { Edits = edits, Report = isSame ? screen.Report : null, Trouble = null, IsAsking = true, Part = isSame ? screen.Part : 0 };
        return state.Put(screen).Do(new TalkOver(edits, screen.Wishes.Wishes));
    }

    /// <summary>After applying: the next conflict is another one, and wishes were about this one.</summary>
    public static AppState Forget(AppState state) => state.Put(new ConflictsScreen());

    public override string BadgeOf(AppState state) => state.Plan.Conflict is null ? "" : $"{Math.Max(1, IsAbout(state) ? Report?.State?.Conflicts.Length ?? 1 : 1)}!";

    /// <summary>Whether the session is about what is staged, with or without a fix of it.</summary>
    public bool IsAbout(AppState state) => state.Plan.Conflict is not null || IsFixed(state)
        || (Report?.State is not null && state.Plan.IsSolving && state.Plan.Edits.SequenceEqual(Edits));

    /// <summary>Whether a fix of this session is staged.</summary>
    public bool IsFixed(AppState state) => Report?.State is not null && !Fixes(state).IsEmpty;

    /// <summary>Undo and redo are about wishes as long as those were changed later than the plan.</summary>
    public override bool DoesItself(AppState state, Command command) => !IsFixed(state) && command switch
    {
        Command.Undo => Wishes.CanUndo,
        Command.Redo => Wishes.CanRedo,
        _ => false,
    };

    public override Rect Rows(in Layout layout) => Mine(layout).List.SplitTop(head.Length).Below;

    public override string? CopyOf(AppState state, Command command) => command == Command.CopyCommand ? Offer?.Command : null;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open => OnOpen(state),
        Command.Keep => OnWish(state, WishWords.MustStay),
        Command.Avoid => OnWish(state, WishWords.MustNot),
        Command.NextFix => ToFix(state, 1),
        Command.PreviousFix => ToFix(state, -1),
        Command.Explain when Conflict(state) is { } conflict => state.Open(ExplainPage.Of(state, conflict)).Do(new Derive(Edits, conflict)),
        Command.Overrides when Report?.State is { } talk => talk.Forced.IsEmpty
            ? state.Say(Notice.Note("there is nothing that an override would help"))
            : state.WithTop(this with { ShowsForced = !ShowsForced }),
        Command.Undo => Change(state, Wishes.Undo()),
        Command.Redo => Change(state, Wishes.Redo()),
        Command.Back => Updating.Show(state, state.TabOf(Scope.Project)),
        Command.Up or Command.Down when IsAnswerFocused => state.WithTop(this with { AnswerRow = NextIn(AnswerRow, command == Command.Up ? -1 : 1) }),
        Command.NextPane or Command.PreviousPane when !IsAnswerFocused => state.WithTop(this with { IsAnswerFocused = answer.Any(row => row.Target is not null), AnswerRow = NextIn(-1, 1) }),
        _ => base.Do(state, command),
    };

    public override Screen Fresh(AppState state)
    {
        var next = this with { head = StoryRows.Head(state, this, Mine(state.Layout).List.Width - 2), story = StoryRows.Of(state, this, Mine(state.Layout).List.Width - 2, state.Layout.IsWide) };
        next = next with { Scroll = next.Kept(story, story.ElementAtOrDefault(Scroll.Selected)?.Target) };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    /// <summary>On the row that was selected, wherever it is now; on the first fix when that is ruled out, gone, or the first there is.</summary>
    private ScrollState Kept(ImmutableArray<ConflictRow> before, RowTarget? selected)
    {
        var at = selected is null || !before.Any(IsFix) ? -1 : IndexOf(row => row.Target?.Key == selected.Key);
        var isRuledOut = at >= 0 && story[at].Target is RowTarget.RuledOut && selected is not RowTarget.RuledOut;
        var isNew = story.Any(row => row.Target is RowTarget.Way) && !before.Any(row => row.Target is RowTarget.Way);
        return at >= 0 && !isRuledOut && !isNew ? Scroll.Select(at, Count) : new ScrollState(Math.Max(0, IndexOf(IsFix)), 0);
    }

    private int IndexOf(Func<ConflictRow, bool> which)
    {
        for (var row = 0; row < story.Length; row++)
        {
            if (which(story[row]))
            {
                return row;
            }
        }

        return -1;
    }

    private static bool IsFix(ConflictRow row) => row.Target is RowTarget.Fix or RowTarget.Way;

    public override Screen Answered(AppState state)
    {
        var offer = Offer;
        var layout = Mine(state.Layout);
        var next = IsAbout(state) && Report is not null ? FixAnswer.Of(this, offer, NextTo(offer), layout.Answer.Width, state.Layout.IsWide) : [];
        var row = Math.Min(AnswerRow, Math.Max(0, next.Length - 1));
        return this with { answer = next, AnswerRow = row };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        var mine = Mine(layout);
        Answer.DrawFrame(canvas, mine);
        for (var y = 0; y < head.Length; y++)
        {
            ConflictRow.Draw(canvas.Part(mine.List).RowAt(y).Part(new Rect(1, 0, mine.List.Width - 2, 1)), head[y]);
        }

        ListView.Draw(canvas.Part(Rows(layout)), new Lines(story.AsSpan()), Scroll, ListFocus);
        var area = canvas.Part(mine.Answer);
        var top = IsAnswerFocused ? Math.Clamp(AnswerRow - (area.Height / 2), 0, Math.Max(0, answer.Length - area.Height)) : 0;
        for (var y = 0; y < area.Height && top + y < answer.Length; y++)
        {
            var row = area.RowAt(y);
            ConflictRow.Draw(row, answer[top + y]);
            if (IsAnswerFocused && top + y == AnswerRow)
            {
                row.Write(0, 0, ">", new Style(Ink.Accent, Ink.Default, Emphasis.Strong));
                row.Select(0);
                row.PlaceCursor(0, 0);
            }
        }

        Answer.DrawBar(canvas, mine, top, answer.Length);
    }

    /// <summary>In a small window the fixes have what they need, and the answer the rest.</summary>
    private Layout Mine(in Layout layout)
    {
        if (layout.IsWide || layout.Answer.IsEmpty || layout.List.IsEmpty)
        {
            return layout;
        }

        var (list, drawer) = layout.Body.SplitTop(Math.Clamp(story.Length, 4, Math.Max(4, layout.Body.Height - DrawerLeast - 1)));
        return layout with { List = list, Answer = new Rect(drawer.X + 1, drawer.Y + 1, Math.Max(0, drawer.Width - 2), Math.Max(0, drawer.Height - 1)) };
    }

    protected override bool CanSelect(int index) => story[index].Target is not null || story.All(row => row.Target is null);

    private Explanation? Conflict(AppState state) =>
        Report?.State is { Conflicts: var conflicts } ? conflicts[Math.Min(Part, conflicts.Length - 1)] : state.Plan.Conflict?.Explanation;

    private ConflictOffer? NextTo(ConflictOffer? offer)
    {
        if (offer is null || Report?.State is not { } talk)
        {
            return null;
        }

        var all = (ShowsForced ? talk.All : talk.Repairs).ToList();
        var at = all.FindIndex(other => other.Repair.Id == offer.Repair.Id);
        return all.Count < 2 ? null : Report.Of(all[at + 1 < all.Count ? at + 1 : at > 0 ? at - 1 : 0]);
    }

    /// <summary>The steps of the plan that fix this conflict.</summary>
    private ImmutableArray<PlanStep> Fixes(AppState state) =>
        [.. state.Plan.Steps.Where(step => step.Edits.Any(edit => edit is ProjectEdit.ApplyRepair && !Edits.Contains(edit)))];

    private Step OnOpen(AppState state) => Selected switch
    {
        RowTarget.Fix { Offer.Repair: { IsForced: true } repair } => ReasonForm.Of(repair).Open(state),
        RowTarget.Fix { Offer.Repair: var repair } => Stage(state, repair),
        RowTarget.Way way => Change(state, Wishes.DropAll(way.Out.Dropped)),
        RowTarget.Part part => state.WithTop(this with { Part = part.Number }),
        RowTarget.RuledOut => state.Say(Notice.Note("your wishes rule this out: drop one of them first")),
        RowTarget.Wished wished => Change(state, Wishes.Drop(wished.Wish)),
        _ => state,
    };

    /// <summary>Stages a fix in place of the one that was staged before.</summary>
    public Step Stage(AppState state, Repair repair) => Staging.Fix(state, repair, Fixes(state));

    private Step OnWish(AppState state, Func<RowTarget, ImmutableArray<Wish>> wish)
    {
        if (Selected is RowTarget.Wished wished)
        {
            return Change(state, Wishes.Drop(wished.Wish));
        }

        if (Selected is RowTarget.RuledOut ruledOut)
        {
            return Change(state, Wishes.DropAll(ruledOut.Repair.By));
        }

        var asked = Selected is { } target ? wish(target) : [];
        return asked.IsEmpty ? state.Say(Notice.Note("there is nothing to wish for on this line"))
            : asked.All(Wishes.Has) ? Change(state, Wishes.DropAll(asked))
            : Change(state, asked.Aggregate(Wishes, (list, one) => list.Add(one)));
    }

    /// <summary>With other wishes the session goes on at once, and a fix that was staged under the old ones is taken back.</summary>
    private Step Change(AppState state, WishList wishes)
    {
        var screen = this with { Wishes = wishes, IsAsking = true, IsAnswerFocused = false };
        var fixes = Fixes(state);
        state = state.Put(screen) with { Plan = state.Plan.Without(fixes) };
        var step = fixes.IsEmpty ? new Step(state) : Staging.Solve(state);
        return step.And(new TalkOver(Edits, wishes.Wishes));
    }

    private Step ToFix(AppState state, int direction)
    {
        for (var row = Scroll.Selected + direction; row >= 0 && row < Count; row += direction)
        {
            if (IsFix(story[row]))
            {
                return state.WithTop(this with { Scroll = Scroll.Select(row, Count).InView(Count, Rows(state.Layout).Height), IsAnswerFocused = false });
            }
        }

        return state;
    }

    private int NextIn(int from, int direction)
    {
        for (var row = from + direction; row >= 0 && row < answer.Length; row += direction)
        {
            if (answer[row].Target is not null)
            {
                return row;
            }
        }

        return Math.Max(0, from);
    }

    private readonly ref struct Lines(ReadOnlySpan<ConflictRow> rows) : IRows
    {
        private readonly ReadOnlySpan<ConflictRow> rows = rows;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index) => ConflictRow.Draw(row.Part(new Rect(0, 0, row.Width - 1, 1)), rows[index]);
    }
}
