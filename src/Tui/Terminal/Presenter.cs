using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Registry.Tui.Terminal;

/// <summary>
/// From the frame on the screen and the frame wanted to the bytes that make one into the other. No I/O and no state but a
/// reused buffer; the result of a call is valid until the next. Equal frames give no bytes at all.
/// </summary>
internal sealed class Presenter(Look look)
{
    // A cursor move costs about this many bytes: nearer changes are written through.
    private const int JoinDistance = 6;

    // A terminal that gives every code point of a cluster its own columns writes over what stands behind it, this far.
    private const int ClusterReach = 16;

    // As far as a sign of the interview may have been drawn.
    private const int SignReach = 4;

    private const uint FirstPicture = 0x1F000;

    private readonly GlyphSet glyphs = look.Glyphs;
    private readonly StyleWriter styles = new(look.Theme, look.Depth);
    private readonly ArrayBufferWriter<byte> output = new(16 * 1024);

    private Style style;
    private int link;

    /// <summary>The bytes that turn <paramref name="shown"/> into <paramref name="wanted"/>, both of the same size.</summary>
    public ReadOnlyMemory<byte> Change(Frame shown, Frame wanted)
    {
        output.ResetWrittenCount();
        Begin();
        var start = output.WrittenCount;
        WriteRows(shown, wanted);
        if (output.WrittenCount == start && SameCursor(shown, wanted))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        return End(wanted);
    }

    /// <summary>The bytes that draw a whole frame on a screen about which nothing is known.</summary>
    public ReadOnlyMemory<byte> Everything(Frame wanted)
    {
        output.ResetWrittenCount();
        Begin();
        output.Write("\e[0m\e[2J"u8);
        WriteRowsFromBlank(wanted);
        return End(wanted);
    }

    /// <summary>The bytes that draw a frame that is on the screen again, in this presenter's look. Nothing is blanked, so nothing flashes.</summary>
    public ReadOnlyMemory<byte> Again(Frame shown)
    {
        output.ResetWrittenCount();
        Begin();
        WriteRowsFromBlank(shown);
        return End(shown);
    }

    /// <summary>
    /// The bytes that ask the terminal about itself, with the frame that is on the screen as it was behind them. The signs
    /// whose width is asked for are overwritten before the frame ends, so nobody sees them.
    /// </summary>
    public ReadOnlyMemory<byte> Ask(Frame shown)
    {
        output.ResetWrittenCount();
        if (glyphs == GlyphSet.Unicode && shown.Height > 1 && shown.Width > SignReach)
        {
            Begin();
            output.Write(Interview.Signs);
            WriteRun(shown, 0, 1, shown.Row(1)[..BehindClusters(shown.Row(1), 0, SignReach)]);
            _ = End(shown);
        }

        output.Write(Interview.Questions);
        return output.WrittenMemory;
    }

    private void Begin()
    {
        // 2026: the terminal shows all of it or nothing; the ones that do not know it ignore it.
        output.Write("\e[?2026h\e[?25l\e[0m"u8);
        style = default;
        link = 0;
    }

    private ReadOnlyMemory<byte> End(Frame wanted)
    {
        if (link != 0)
        {
            wanted.Glyphs.Links.Write(0, output);
        }

        output.Write("\e[0m"u8);
        if (wanted.CursorVisible)
        {
            MoveTo(wanted.CursorX, wanted.CursorY);
            output.Write("\e[?25h"u8);
        }

        output.Write("\e[?2026l"u8);
        return output.WrittenMemory;
    }

    private static bool SameCursor(Frame a, Frame b) =>
        a.CursorVisible == b.CursorVisible && (!a.CursorVisible || (a.CursorX == b.CursorX && a.CursorY == b.CursorY));

    private void WriteRows(Frame shown, Frame wanted)
    {
        for (var y = 0; y < wanted.Height; y++)
        {
            WriteRow(wanted, y, shown.Row(y), wanted.Row(y));
        }
    }

    private void WriteRow(Frame wanted, int y, ReadOnlySpan<Cell> old, ReadOnlySpan<Cell> row)
    {
        var x = NextDifference(old, row, 0);
        while (x < row.Length)
        {
            var end = BehindClusters(row, x, EndOfRun(old, row, x));
            WriteRun(wanted, x, y, row[..end]);
            x = NextDifference(old, row, end);
        }
    }

    private void WriteRowsFromBlank(Frame wanted)
    {
        for (var y = 0; y < wanted.Height; y++)
        {
            WriteRowFromBlank(wanted, y);
        }
    }

    private void WriteRowFromBlank(Frame wanted, int y)
    {
        var row = wanted.Row(y);
        var x = NextInk(row, 0);
        while (x < row.Length)
        {
            var end = x + 1;
            for (var blanks = 0; end + blanks < row.Length && blanks < JoinDistance;)
            {
                (end, blanks) = row[end + blanks] == Cell.Blank ? (end, blanks + 1) : (end + blanks + 1, 0);
            }

            end = BehindClusters(row, x, end);
            WriteRun(wanted, x, y, row[..end]);
            x = NextInk(row, end);
        }
    }

    private static int NextInk(ReadOnlySpan<Cell> row, int from)
    {
        while (from < row.Length && row[from] == Cell.Blank)
        {
            from++;
        }

        return from;
    }

    private static int NextDifference(ReadOnlySpan<Cell> old, ReadOnlySpan<Cell> row, int from) =>
        from + Words(old[from..]).CommonPrefixLength(Words(row[from..]));

    private static ReadOnlySpan<ulong> Words(ReadOnlySpan<Cell> cells) => MemoryMarshal.Cast<Cell, ulong>(cells);

    // Behind the last change that is near enough to the one before it; never between the halves of a wide glyph.
    private static int EndOfRun(ReadOnlySpan<Cell> old, ReadOnlySpan<Cell> row, int start)
    {
        var end = start + 1;
        for (var x = end; x < row.Length && x - end < JoinDistance; x++)
        {
            if (old[x] != row[x])
            {
                end = x + 1;
            }
        }

        return end;
    }

    // What stands behind a cluster that is written is written too, changed or not.
    private int BehindClusters(ReadOnlySpan<Cell> row, int start, int end)
    {
        for (var x = start; x < end; x++)
        {
            if (IsUncertain(row[x]))
            {
                end = Math.Min(row.Length, Math.Max(end, x + ClusterReach));
            }
        }

        return end < row.Length && row[end].IsTail ? end + 1 : end;
    }

    private void WriteRun(Frame wanted, int from, int y, ReadOnlySpan<Cell> row)
    {
        while (from > 0 && row[from].IsTail)
        {
            from--;
        }

        MoveTo(from, y);
        for (var x = from; x < row.Length; x++)
        {
            if (!row[x].IsTail)
            {
                WriteCell(wanted, row[x], x, y);
            }
        }
    }

    private void WriteCell(Frame wanted, Cell cell, int x, int y)
    {
        if (cell.Style != style)
        {
            style = cell.Style;
            styles.Write(style, output);
        }

        if (cell.Link != link && look.HasLinks)
        {
            link = cell.Link;
            wanted.Glyphs.Links.Write(link, output);
        }

        if (IsUncertain(cell))
        {
            WriteCluster(wanted, cell, x, y);
        }
        else
        {
            wanted.Glyphs.WriteUtf8(AsciiFallback.For(cell, glyphs), output);
            // Two columns wanted, one written.
            output.Write(cell.Width == 2 && glyphs == GlyphSet.Ascii ? " "u8 : []);
        }
    }

    // Terminals disagree about the width of clusters, and this one has its own idea about pictures.
    private bool IsUncertain(Cell cell) =>
        glyphs == GlyphSet.Unicode && (GlyphTable.IsCluster(cell.Glyph) || (look.HasOddPictures && cell.Glyph >= FirstPicture && cell.Width == 2));

    // The width is uncertain: blank both columns first and say afterwards where we are.
    private void WriteCluster(Frame wanted, Cell cell, int x, int y)
    {
        output.Write(cell.Width == 2 ? "  "u8 : " "u8);
        MoveTo(x, y);
        wanted.Glyphs.WriteUtf8(cell.Glyph, output);
        if (x + cell.Width < wanted.Width)
        {
            MoveTo(x + cell.Width, y);
        }
    }

    private void MoveTo(int x, int y)
    {
        var span = output.GetSpan(16);
        span[0] = 0x1B;
        span[1] = (byte)'[';
        Utf8Formatter.TryFormat(y + 1, span[2..], out var rowLength);
        span[2 + rowLength] = (byte)';';
        Utf8Formatter.TryFormat(x + 1, span[(3 + rowLength)..], out var columnLength);
        var length = 3 + rowLength + columnLength;
        span[length] = (byte)'H';
        output.Advance(length + 1);
    }
}
