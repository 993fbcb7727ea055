using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Help;

/// <summary>Every key of the screen below and what it does, searched as typed; Enter does it.</summary>
internal sealed record HelpPage(Scope Below) : ListScreen
{
    private const int BoxWidth = 66;
    private const int HeadingRows = 2;

    private static readonly Hint[] hints = [new("type", "to find"), new("Enter", "do it"), new("Esc", "close")];

    public TextInput Query { get; init; } = TextInput.Empty;

    public ImmutableArray<KeyBinding> Found { get; init; } = [];

    public override Scope Scope => Scope.Help;

    public override bool IsTyping => true;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override int Count => Found.Length;

    public static Step Open(AppState state) => state.Top is HelpPage ? state.Close() : state.Open(Matching(new HelpPage(state.Top.Scope)));

    public override Rect Rows(in Layout layout) => Inside(layout).SplitTop(HeadingRows).Below;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open when Count > 0 => Updating.Do(state.Close(), Found[Scroll.Selected].Command),
        Command.Back => state.Close(),
        _ => base.Do(state, command),
    };

    public override Step Type(AppState state, InputEvent input) =>
        Query.After(input) is { } query ? state.WithTop(Matching(this with { Query = query, Scroll = ScrollState.Start })) : state;

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        var box = Box(layout);
        Popup.Draw(canvas.Part(box), box.Width, box.Height, "Keys here", "Enter does it   Esc closes");
        var inside = canvas.Part(Inside(layout));
        inside.Write(0, 0, "?", new Style(Ink.Accent));
        TextField.Draw(inside.Part(new Rect(2, 0, inside.Width - 2, 1)), Query, "type to find", Focus.Here);
        ListView.Draw(canvas.Part(Rows(layout)), new BindingRows(Found.AsSpan()), Scroll, Focus.Elsewhere);
    }

    private static Rect Box(in Layout layout) => layout.Body.Centred(BoxWidth, layout.Body.Height);

    private static Rect Inside(in Layout layout) => Box(layout).Shrink(2, 1);

    private static HelpPage Matching(HelpPage page) => page with
    {
        Found = [.. KeyMap.All.Where(binding => (binding.Scope & page.Below) != 0 && page.Matches(binding))],
    };

    private bool Matches(KeyBinding binding) =>
        binding.Words.Contains(Query.Text, StringComparison.OrdinalIgnoreCase)
        || binding.Keys.Split(' ').Contains(Query.Text, StringComparer.Ordinal);

    private readonly ref struct BindingRows(ReadOnlySpan<KeyBinding> bindings) : IRows
    {
        private readonly ReadOnlySpan<KeyBinding> bindings = bindings;

        public int Count => bindings.Length;

        public void Draw(Canvas row, int index)
        {
            row.WriteFitted(1, 0, 10, bindings[index].Keys, new Style(Ink.Accent));
            row.Write(12, 0, bindings[index].Words);
        }
    }
}
