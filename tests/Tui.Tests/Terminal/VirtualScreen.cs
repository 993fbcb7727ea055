using System.Globalization;
using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

/// <summary>
/// A small terminal: takes the bytes the presenter writes and keeps a grid. Whatever it does not know it refuses, so that
/// nothing is sent by accident. With <paramref name="splitsClusters"/> it is an old one, which gives every code point of a
/// cluster its own place.
/// </summary>
internal sealed class VirtualScreen(int width, int height, bool splitsClusters = false)
{
    private readonly (string Text, string Style, int Width, string Link)[,] cells = NewCells(width, height);

    private int x;
    private int y;
    private string style = "0";
    private string link = "";
    private bool inFrame;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public bool CursorVisible { get; private set; }

    public (int X, int Y) Cursor => (x, y);

    public int Frames { get; private set; }

    public (string Text, string Style, int Width, string Link) this[int column, int row] => cells[column, row];

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\e')
            {
                i = Sequence(text, i + 1);
                continue;
            }

            Assert.False(char.IsControl(text[i]), $"control character U+{(int)text[i]:X4}");
            var length = splitsClusters ? RuneLength(text, i) : StringInfo.GetNextTextElementLength(text, i);
            Print(text.Substring(i, length));
            i += length;
        }

        Assert.False(inFrame, "a frame was begun and not ended");
        Assert.Equal("", link);
    }

    private static int RuneLength(string text, int index) => Rune.GetRuneAt(text, index).Utf16SequenceLength;

    private static (string, string, int, string)[,] NewCells(int width, int height)
    {
        var cells = new (string, string, int, string)[width, height];
        for (var column = 0; column < width; column++)
        {
            for (var row = 0; row < height; row++)
            {
                cells[column, row] = (" ", "0", 1, "");
            }
        }

        return cells;
    }

    private void Print(string text)
    {
        var columns = Clusters.Measure(text);
        if (columns == 0)
        {
            return;
        }

        Assert.True(inFrame, "text outside a frame");
        Assert.True(x + columns <= Width || splitsClusters, $"`{text}` does not fit at {x},{y}");
        x = Math.Min(x, Width - columns);
        Break(x);
        cells[x, y] = (text, style, columns, link);
        if (columns == 2)
        {
            Break(x + 1);
            cells[x + 1, y] = ("", style, 0, link);
        }

        // With wrapping off the cursor stays on the last column.
        x = Math.Min(x + columns, Width);
    }

    private void Break(int column)
    {
        if (cells[column, y].Width == 0)
        {
            cells[column - 1, y] = (" ", cells[column - 1, y].Style, 1, "");
        }
        else if (cells[column, y].Width == 2)
        {
            cells[column + 1, y] = (" ", cells[column, y].Style, 1, "");
        }
    }

    private int Sequence(string text, int at)
    {
        if (text[at] == ']')
        {
            return LinkMark(text, at + 1);
        }

        Assert.Equal('[', text[at]);
        var end = at + 1;
        while (text[end] is < '@' or > '~')
        {
            end++;
        }

        Do(text[(at + 1)..end], text[end]);
        return end + 1;
    }

    private int LinkMark(string text, int at)
    {
        var end = text.IndexOf("\e\\", at, StringComparison.Ordinal);
        var parts = text[at..end].Split(';', 3);
        Assert.Equal("8", parts[0]);
        Assert.Equal(parts[2].Length > 0, parts[1].StartsWith("id=", StringComparison.Ordinal));
        link = parts[2];
        return end + 2;
    }

    private void Do(string parameters, char final)
    {
        switch (final, parameters)
        {
            case ('H', _):
                var place = parameters.Split(';');
                (y, x) = (int.Parse(place[0], CultureInfo.InvariantCulture) - 1, int.Parse(place[1], CultureInfo.InvariantCulture) - 1);
                Assert.InRange(x, 0, Width - 1);
                Assert.InRange(y, 0, Height - 1);
                break;
            case ('m', _):
                style = parameters;
                break;
            case ('J', "2"):
                Array.Copy(NewCells(Width, Height), cells, cells.Length);
                break;
            case ('h', "?2026"):
                Assert.False(inFrame);
                inFrame = true;
                Frames++;
                break;
            case ('l', "?2026"):
                Assert.True(inFrame);
                inFrame = false;
                break;
            case ('h', "?25"):
                CursorVisible = true;
                break;
            case ('l', "?25"):
                CursorVisible = false;
                break;
            default:
                Assert.Fail($"unknown sequence CSI {parameters}{final}");
                break;
        }
    }
}
