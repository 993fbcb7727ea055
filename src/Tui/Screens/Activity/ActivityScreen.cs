using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Activity;

/// <summary>What runs, what ran and what can be taken back; beside it the whole story of the selected one.</summary>
internal sealed record ActivityScreen : ListScreen
{
    private const int DownloadsMax = 6;
    private const int WhenWidth = 10;

    private static readonly Hint[] hints =
    [
        new("c", "cancel"), new("r", "run again"), new("Enter", "log"), new("y l", "copy log"), new("d", "clear done"), new("/", "find in log"),
    ];

    private static readonly Hint[] changeHints = [new("Enter", "go back to it"), new("u", "undo the last"), new("^R", "redo"), new("/", "find in log")];

    private ImmutableArray<ActivityRow> rows = [];
    private ImmutableArray<DetailLine> answer = [];

    /// <summary>Only lines of the log with these letters are shown.</summary>
    public TextInput Filter { get; init; } = TextInput.Empty;

    public bool IsFiltering { get; init; }

    public override Scope Scope => Scope.Activity;

    public override bool IsTyping => IsFiltering;

    public override ReadOnlySpan<Hint> Hints => Selected?.Change is null ? hints : changeHints;

    public override int Count => rows.Length;

    protected override int AnswerCount => answer.Length;

    private ActivityRow? Selected => Scroll.Selected < rows.Length ? rows[Scroll.Selected] : null;

    public override string BadgeOf(AppState state) => state.Jobs.Running.Count() is > 0 and var running ? $"{running}" : "";

    public override Rect Rows(in Layout layout) => IsFiltering ? layout.List.SplitTop(1).Below : layout.List;

    public override bool DoesItself(AppState state, Command command) => command == Command.Refresh || (command == Command.Cancel && Selected?.Job is { IsRunning: true });

    public override string? CopyOf(AppState state, Command command) => command == Command.CopyLog && Selected?.Job is { } job
        ? string.Join('\n', job.Log.Select(line => $"{JobText.Time(line.At, state.Now)} {line.Sign} {line.Text}").Prepend(job.Title).Append(job.Summary)).TrimEnd()
        : null;

    public override string? WhyNot(AppState state, Command command) => (command, Selected?.Job) switch
    {
        (Command.Cancel, { IsStopping: false } or null) => null,
        (Command.Refresh, null) => "a job is run again: select one",
        (Command.Refresh, { IsRunning: true }) => "it is still running",
        (Command.Refresh, { Inquiry.Writes: true, State: JobState.Done }) => $"it is done, and changed the project: {state.KeyOf(Command.Undo)} takes it back",
        (Command.Remove, _) when state.Jobs.All.All(job => job.IsRunning) => "nothing is done yet",
        _ => null,
    };

    public override Step Do(AppState state, Command command) => (command, Selected) switch
    {
        (Command.Filter, _) => state.WithTop(this with { IsFiltering = true, IsAnswerFocused = false }),
        (Command.Back, _) when IsFiltering || Filter.Text.Length > 0 => state.WithTop(this with { IsFiltering = false, Filter = TextInput.Empty }),
        (Command.Back, _) => Updating.Show(state, state.TabOf(Scope.Project)),
        (Command.Open, _) when IsFiltering => state.WithTop(this with { IsFiltering = false }),
        (Command.Remove, _) => state with { Jobs = state.Jobs.WithoutEnded() },
        (Command.Cancel, { Job: { IsRunning: true } job }) => Working.Cancel(state, job),
        (Command.Refresh, { Job: { IsRunning: false } job }) => state.Start(job.Title, job.Inquiry),
        (Command.Open, { Job: { State: JobState.Failed, Problem: { } problem } }) => state.Open(new ProblemPage(problem)),
        (Command.Open, { Job: not null }) => state.WithTop(this with { IsAnswerFocused = AnswerCount > 0 }),
        (Command.Open, { Change: { } change }) => GoBackTo(state, change),
        _ => base.Do(state, command),
    };

    public override Step Type(AppState state, InputEvent input) =>
        Filter.After(input) is { } filter ? state.WithTop(this with { Filter = filter, AnswerTop = 0 }) : state;

    public override Step Ask(AppState state) => ReferenceEquals(state.Past.For, state.Facts) || state.Facts is null
        ? state
        : (state with { Past = state.Past with { For = state.Facts } }).Do(new ReadHistory(state.Facts));

    public override Screen Fresh(AppState state)
    {
        var selected = Selected?.Key;
        var next = this with { rows = ActivityRow.All(state) };
        var index = selected is null ? -1 : next.rows.IndexOf(next.rows.FirstOrDefault(row => row.Key == selected)!);
        next = index < 0 ? next : next with { Scroll = next.Scroll.Select(index, next.Count) };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var list = canvas.Part(layout.List);
        if (IsFiltering)
        {
            var x = list.Write(1, 0, "Find in the log: ", Style.Quiet);
            TextField.Draw(list.Part(new Rect(x, 0, list.Width - x, 1)), Filter, "letters of a line", Focus.Here);
        }

        if (Count == 0)
        {
            list.Write(1, 1, "Nothing ran yet, and no change was applied.", Style.Quiet);
            return;
        }

        ListView.Draw(canvas.Part(Rows(layout)), new ActivityRows(rows.AsSpan()), Scroll, ListFocus);
    }

    protected override bool CanSelect(int index) => rows[index].Key is not null;

    private static Step GoBackTo(AppState state, PastChange change)
    {
        ImmutableArray<PastChange> later = [.. state.Past.Changes.Where(other => other.Number > change.Number).Reverse()];
        return later.IsEmpty
            ? state.Say(Notice.Note($"this is how the project is now: {state.KeyOf(Command.Undo)} takes it back"))
            : TakeBack.Ask(state, later, $"#{change.Number} {change.Summary}");
    }

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        return Selected switch
        {
            { Job: { } job } => AddJob(detail, state, job).Lines,
            { Change: { } change } => AddChange(detail, state, change).Lines,
            _ => [],
        };
    }

    private Detail AddJob(Detail detail, AppState state, Job job)
    {
        if (IsFiltering || Filter.Text.Length > 0)
        {
            return AddLog(detail, state, job);
        }

        detail.Text(job.Title, Style.Strong);
        if (job.IsRunning)
        {
            AddProgress(detail, state, job);
        }
        else
        {
            var words = job.State switch { JobState.Done => "done", JobState.Failed => "failed", _ => "cancelled" };
            detail.Text($"{words} after {JobText.Of(job.Elapsed(state.Now))}").Text(job.Summary, job.State == JobState.Failed ? new Style(Ink.Problem) : default).Text(job.Problem?.Hint);
        }

        return AddLog(detail.Gap(), state, job);
    }

    private static void AddProgress(Detail detail, AppState state, Job job)
    {
        detail.Text(JobText.Bar(job, state.Layout.Answer.Width), new Style(Ink.Accent));
        detail.Text(string.Join("   ", new[] { JobText.Progress(job, state.Now), JobText.Rate(job, state.Now), $"{JobText.Of(TimeSpan.FromSeconds((int)job.Elapsed(state.Now).TotalSeconds))} so far" }.OfType<string>().Where(text => text.Length > 0)), Style.Quiet).Gap();
        foreach (var download in job.Progress.Downloads.Take(DownloadsMax))
        {
            detail.Text($"{download.Package}  {JobText.Of(download.Received, download.Total)}", default, 1);
        }

        var waiting = job.Progress.ToFetch - job.Progress.Fetched - job.Progress.Downloads.Length;
        detail.Text(waiting > 0 ? $"· {waiting} waiting" : null, Style.Quiet, 1).Gap();
        detail.Text(job.IsStopping ? "Stopping." : job.Inquiry.Writes ? $"{state.KeyOf(Command.Cancel)} cancels it: what is fetched is kept, the project stays as it was." : $"{state.KeyOf(Command.Cancel)} cancels it.", Style.Quiet);
    }

    private Detail AddLog(Detail detail, AppState state, Job job)
    {
        detail.Text(Filter.Text.Length == 0 ? "Log" : $"Log, lines with {Filter.Text}", Style.Strong);
        var shown = job.Log.Where(line => line.Text.Contains(Filter.Text, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var line in shown)
        {
            detail.Text($"{JobText.Time(line.At, state.Now)} {line.Sign} {line.Text}", line.Sign == '!' ? new Style(Ink.Notice) : default, 1);
        }

        return shown.Count > 0 ? detail : detail.Text(Filter.Text.Length == 0 ? "nothing yet" : "no such line", Style.Quiet, 1);
    }

    private static Detail AddChange(Detail detail, AppState state, PastChange change)
    {
        var later = state.Past.Changes.Count(other => other.Number > change.Number);
        return detail.Text($"#{change.Number}  {change.Summary}", Style.Strong)
            .Pair("Applied", JobText.Moment(change.At, state.Now)).Pair("Same as", $"$ {change.Command}").Gap()
            .Text(later == 0 ? $"This is how the project is now. {state.KeyOf(Command.Undo)} takes it back." : $"Enter goes back to it: {Staging.Count(later, "later change is", "later changes are")} taken back.");
    }

    private readonly ref struct ActivityRows(ReadOnlySpan<ActivityRow> rows) : IRows
    {
        private readonly ReadOnlySpan<ActivityRow> rows = rows;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var line = rows[index];
            if (line.Key is null)
            {
                row.Write(0, 0, line.Title, line.Style);
                return;
            }

            row.Write(1, 0, line.Sign, line.Style);
            var x = line.When.Length == 0 ? 3 : row.WriteFitted(3, 0, WhenWidth, line.When, Style.Quiet);
            var kept = Math.Min(Clusters.Measure(line.Right), Math.Max(0, (row.Width - x) / 2));
            row.WriteFitted(x, 0, row.Width - x - kept - 2, line.Title);
            row.WriteFitted(row.Width - kept - 1, 0, kept, line.Right, Style.Quiet);
        }
    }
}
