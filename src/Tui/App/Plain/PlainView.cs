using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Tui.Screens;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.App.Plain;

/// <summary>
/// The same state as lines to be read aloud: what the top screen draws, without lines and boxes, its rows numbered. It comes
/// from the cells, so every screen has it and says what it shows.
/// </summary>
/// <param name="Title">What the lines are of; when it changes everything is said again.</param>
/// <param name="First">The row of the screen that choice 1 stands for, and how many there are.</param>
internal sealed record PlainView(string Title, ImmutableArray<string> Lines, int First, int Choices)
{
    /// <summary>One column below the width from which screens put two things beside each other; more rows than are read at once.</summary>
    public static TerminalSize Size => new(99, 40);

    public static PlainView Of(AppState state)
    {
        var frame = new Frame(new GlyphTable(), state.Size.Columns, state.Size.Rows);
        state.Top.Draw(new Canvas(frame), state, state.Layout);
        var (rows, count) = RowsOf(state);
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var y = 0; y < frame.Height; y++)
        {
            if (Spoken(frame, y) is { Length: > 0 } text)
            {
                var choice = y - rows.Y;
                lines.Add(choice >= 0 && choice < count ? Numbered(choice + 1, text) : IsChosen(frame, y) ? $"> {text}" : text);
            }
        }

        return new PlainView(TitleOf(state), lines.ToImmutable(), rows.Y, count);
    }

    /// <summary>The keys that do something here, as one line.</summary>
    public static string KeysOf(AppState state) => $"Keys: {string.Join(", ", KeysIn(state.HintTexts).Concat(KeysIn(state.AlwaysTexts)))}";

    private static IEnumerable<string> KeysIn(ImmutableArray<Hint> hints) => hints.Select(hint => $"{hint.Key} {hint.Verb}");

    private static string TitleOf(AppState state) => (state.Top.Scope & Scope.Tabs) != 0 && state.Pages.IsEmpty
        ? TabTitle.Of(state.Top.Scope).Long
        : state.Top.Scope.ToString();

    // Numbers are for the rows in view: others come into view by the keys for pages.
    private static (Rect Rows, int Count) RowsOf(AppState state)
    {
        if (state.Top is not ListScreen { Count: > 0 } list)
        {
            return (default, 0);
        }

        var rows = list.Rows(state.Layout);
        var view = list.Scroll.InView(list.Count, rows.Height);
        return (rows, Math.Min(rows.Height, list.Count - view.Top));
    }

    private static string Numbered(int number, string text) => text.StartsWith('>')
        ? string.Create(CultureInfo.InvariantCulture, $"{number} (here): {text[1..].TrimStart()}")
        : string.Create(CultureInfo.InvariantCulture, $"{number}: {text}");

    private static bool IsChosen(Frame frame, int y) => frame.CursorVisible && frame.CursorY == y;

    // Gaps between columns are pauses; lines, boxes and bars say nothing.
    private static string Spoken(Frame frame, int y)
    {
        var text = new StringBuilder();
        var gap = 0;
        foreach (var cell in frame.Row(y))
        {
            if (cell.IsTail)
            {
                continue;
            }

            if (cell.Glyph == ' ' || IsOrnament(cell.Glyph))
            {
                gap++;
                continue;
            }

            text.Append(text.Length == 0 || gap == 0 ? "" : gap == 1 || text[^1] is '>' ? " " : ", ").Append(frame.Glyphs.TextOf(cell.Glyph));
            gap = 0;
        }

        return text.ToString();
    }

    private static bool IsOrnament(uint glyph) => glyph is (>= 0x2500 and <= 0x259F) or (>= 0x2800 and <= 0x28FF) or '▸' or '▾';
}
