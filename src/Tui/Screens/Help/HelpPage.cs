using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Help;

/// <summary>
/// The commands, found as typed and done with Enter. As help it has the keys of the screen below first and then those of the
/// others; as palette all commands, the best match first. What cannot be done now stands last, with the reason.
/// </summary>
internal sealed record HelpPage(HelpKind Kind) : ListScreen
{
    private const int BoxWidth = 72;
    private const int PaletteHeight = 14;
    private const int HeadingRows = 2;
    private const int KeysWidth = 12;

    private static readonly Hint[] hints = [new("type", "to find"), new("Enter", "do it"), new("Tab", "keys or commands"), new("Esc", "close")];

    public TextInput Query { get; init; } = TextInput.Empty;

    public ImmutableArray<CommandRow> Found { get; init; } = [];

    public override Scope Scope => Scope.Help;

    public override bool IsTyping => true;

    public override bool IsOverlay => true;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override int Count => Found.Length;

    /// <summary>Opens the list; the same key again closes it.</summary>
    public static Step Open(AppState state, HelpKind kind) => state.Top switch
    {
        HelpPage { Kind: var open } when open == kind => state.Close(),
        HelpPage help => state.WithTop(help with { Kind = kind, Scroll = ScrollState.Start }),
        _ => state.Open(new HelpPage(kind)),
    };

    public override Rect Rows(in Layout layout) => Inside(layout).SplitTop(HeadingRows).Below;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open when Scroll.Selected < Count => Run(state, Found[Scroll.Selected]),
        Command.NextPane or Command.PreviousPane => Open(state, Kind == HelpKind.Help ? HelpKind.Palette : HelpKind.Help),
        Command.Back or Command.Quit => state.Close(),
        _ => base.Do(state, command),
    };

    public override Step Type(AppState state, InputEvent input) =>
        Query.After(input) is { } query ? state.WithTop(this with { Query = query, Scroll = ScrollState.Start }) : state;

    public override Screen Fresh(AppState state)
    {
        var found = CommandRow.All(state.Close()).Select(row => (Row: row, Score: CommandScore.Of(row, Query.Text))).Where(pair => pair.Score > 0).ToList();
        var here = found.Where(pair => pair.Row is { Reason: null, Tab: < 0 } || (Kind == HelpKind.Palette && pair.Row.Reason is null));
        var others = found.Where(pair => Kind == HelpKind.Help && pair.Row is { Reason: null, Tab: >= 0 }).Select(pair => pair.Row);
        var next = this with
        {
            Found =
            [
                .. here.OrderByDescending(pair => Kind == HelpKind.Palette ? pair.Score : 0).Select(pair => pair.Row),
                .. Under("Also in other screens", others),
                .. Under("Not now", found.Select(pair => pair.Row).Where(row => row.Reason is not null)),
            ],
        };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        var box = Box(layout);
        Popup.Draw(canvas.Part(box), box.Width, box.Height, Kind == HelpKind.Help ? "Keys here" : "All commands", "Enter does it   Tab keys or commands   Esc closes");
        var inside = canvas.Part(Inside(layout));
        inside.Write(0, 0, Kind == HelpKind.Help ? "?" : ":", new Style(Ink.Accent));
        TextField.Draw(inside.Part(new Rect(2, 0, inside.Width - 2, 1)), Query, "type to find", Focus.Here);
        ListView.Draw(canvas.Part(Rows(layout)), new CommandRows(Found.AsSpan(), Kind), Scroll, Focus.Elsewhere);
    }

    protected override bool CanSelect(int index) => Found[index].Command is not null;

    private static Step Run(AppState state, CommandRow row)
    {
        if (row.Reason is { } reason || row.Command is not { } command)
        {
            return state.Say(Notice.Note(row.Reason ?? ""));
        }

        var closed = state.Close();
        return row.Tab < 0 ? Updating.Do(closed, command) : Updating.DoOn(closed, row.Tab, command);
    }

    private static IEnumerable<CommandRow> Under(string heading, IEnumerable<CommandRow> rows)
    {
        var all = rows.ToList();
        return all.Count == 0 ? [] : all.Prepend(CommandRow.Heading(heading));
    }

    private Rect Box(in Layout layout) => layout.Body.Centred(BoxWidth, Kind == HelpKind.Help ? layout.Body.Height : PaletteHeight);

    private Rect Inside(in Layout layout) => Box(layout).Shrink(2, 1);

    private readonly ref struct CommandRows(ReadOnlySpan<CommandRow> commands, HelpKind kind) : IRows
    {
        private readonly ReadOnlySpan<CommandRow> commands = commands;

        public int Count => commands.Length;

        public void Draw(Canvas row, int index)
        {
            var line = commands[index];
            if (line.Command is null)
            {
                row.Write(0, 0, line.Words, Style.Quiet);
                return;
            }

            var words = kind == HelpKind.Help ? row.Part(new Rect(KeysWidth, 0, row.Width - KeysWidth, 1)) : row.Part(new Rect(1, 0, row.Width - KeysWidth - 2, 1));
            var keys = kind == HelpKind.Help ? row.Part(new Rect(1, 0, KeysWidth - 2, 1)) : row.Part(new Rect(row.Width - KeysWidth, 0, KeysWidth - 1, 1));
            keys.WriteFitted(0, 0, keys.Width, line.Keys, line.Reason is null ? new Style(Ink.Accent) : Style.Quiet);
            DrawWords(words, line);
        }

        private static void DrawWords(Canvas words, CommandRow line)
        {
            if (line.Reason is not { } reason)
            {
                words.WriteFitted(0, 0, words.Width, line.Words);
                return;
            }

            // The reason is what matters: it is there whole when both do not fit.
            var kept = Math.Min(Clusters.Measure(reason), words.Width / 2);
            var x = words.WriteFitted(0, 0, Math.Min(Clusters.Measure(line.Words), words.Width - kept - 2), line.Words, Style.Quiet);
            words.WriteFitted(x + 2, 0, words.Width - x - 2, reason, new Style(Ink.Notice));
        }
    }
}

/// <summary>Which commands a list begins with.</summary>
internal enum HelpKind
{
    /// <summary>Those of the screen at hand.</summary>
    Help,

    /// <summary>The best match of all.</summary>
    Palette,
}
