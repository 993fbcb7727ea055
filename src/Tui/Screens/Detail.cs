using System.Collections.Immutable;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>One line of the answer beside a list. With a key it is a pair, without it is text.</summary>
/// <param name="Address">Where the text leads, whole also where the text is cut; null for nowhere.</param>
internal readonly record struct DetailLine(string Key, string Text, Style Style, int Indent = 0, string? Address = null);

/// <summary>
/// Writes the answer beside a list: wrapped when it changes, so that drawing only copies. A compact one, for the drawer of
/// small windows, leaves no lines empty.
/// </summary>
internal sealed class Detail(int width, Room room = Room.Ample)
{
    private readonly ImmutableArray<DetailLine>.Builder lines = ImmutableArray.CreateBuilder<DetailLine>();

    public bool IsCompact => room == Room.Scarce;

    /// <summary>Columns.</summary>
    public int Width => width;

    /// <summary>A line that is cut already, an empty one too.</summary>
    public Detail Line(string text, Style style = default)
    {
        lines.Add(new DetailLine("", text, style));
        return this;
    }

    public Detail Pair(string key, string? value, Style style = default)
    {
        if (string.IsNullOrEmpty(value))
        {
            return this;
        }

        var address = LinkTable.IsAddress(value) ? value : null;
        if (IsCompact)
        {
            lines.Add(new DetailLine(key, value, style, 0, address));
            return this;
        }

        foreach (var line in Wrapped(value, Math.Max(8, width - KeyValues.KeyWidth)))
        {
            lines.Add(new DetailLine(key, line, style, key.Length > 0 ? 0 : KeyValues.KeyWidth, address));
            key = "";
        }

        return this;
    }

    public Detail Text(string? text, Style style = default, int indent = 0)
    {
        foreach (var line in Wrapped(text ?? "", Math.Max(8, width - indent)))
        {
            lines.Add(new DetailLine("", line, style, indent));
        }

        return this;
    }

    public Detail Gap()
    {
        if (!IsCompact && lines.Count > 0 && lines[^1] is not { Key: "", Text: "" })
        {
            lines.Add(new DetailLine("", "", default));
        }

        return this;
    }

    /// <summary>For the answer of a layout.</summary>
    public static Detail For(in Layout layout) => new(layout.Answer.Width, layout.IsWide ? Room.Ample : Room.Scarce);

    public ImmutableArray<DetailLine> Lines => lines.ToImmutable();

    /// <summary>With a bar in its last column when not all is in view; an answer has its bar beside it.</summary>
    public static void Draw(Canvas canvas, ImmutableArray<DetailLine> lines, int top = 0)
    {
        DrawLines(canvas, lines, top);
        Scrollbar.Draw(canvas, top, lines.Length);
    }

    public static void DrawLines(Canvas canvas, ImmutableArray<DetailLine> lines, int top)
    {
        for (var y = 0; y < canvas.Height && top + y < lines.Length; y++)
        {
            var line = lines[top + y];
            if (line.Key.Length > 0)
            {
                KeyValues.Draw(canvas, y, line.Key, line.Text, line.Style);
            }
            else
            {
                canvas.WriteFitted(line.Indent, y, canvas.Width - line.Indent, line.Text, line.Style);
            }

            if (line.Address is { } address)
            {
                var x = line.Key.Length > 0 ? KeyValues.KeyWidth : line.Indent;
                canvas.Link(x, y, Clusters.Measure(line.Text), address);
            }
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width) => text.Length == 0 ? [] : new WrappedText(text, width).Lines;
}

internal enum Room
{
    Ample,
    Scarce,
}
