using System.Globalization;
using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// Walks a text one grapheme cluster at a time, each with its width in columns, and with everything that could act on the
/// terminal or hide in a name replaced by a visible sign. All text reaches cells through here, so a package's README can
/// move no cursor and reverse no line.
/// </summary>
internal ref struct Clusters
{
    // Signs of one column that no East Asian setting widens.
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';
    private const string Hidden = "\u2426";

    private ReadOnlySpan<char> rest;

    public Clusters(ReadOnlySpan<char> text)
    {
        rest = text;
    }

    /// <summary>The cluster as it was written; use it for positions, not for drawing.</summary>
    public ReadOnlySpan<char> Source { get; private set; }

    /// <summary>What to draw: the source, or the sign that stands for it.</summary>
    public ReadOnlySpan<char> Shown { get; private set; }

    /// <summary>1 or 2 columns; 0 for a mark with nothing to stand on, which is not drawn.</summary>
    public int Width { get; private set; }

    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var first = rest[0];
        if (first is >= ' ' and <= '~' && (rest.Length == 1 || rest[1] <= '~'))
        {
            Take(1, 1);
            return true;
        }

        TakeCluster();
        return true;
    }

    /// <summary>The columns of a whole text.</summary>
    public static int Measure(ReadOnlySpan<char> text)
    {
        var clusters = new Clusters(text);
        var width = 0;
        while (clusters.Next())
        {
            width += clusters.Width;
        }

        return width;
    }

    private void TakeCluster()
    {
        var length = StringInfo.GetNextTextElementLength(rest);
        var valid = Rune.DecodeFromUtf16(rest, out var rune, out _) == System.Buffers.OperationStatus.Done;
        if (!valid || IsHidden(rune))
        {
            Take(length, 1);
            Shown = PictureOf(rune);
            return;
        }

        Take(length, WidthOf(rest[..length], rune));
    }

    private void Take(int length, int width)
    {
        Source = rest[..length];
        Shown = Source;
        Width = width;
        rest = rest[length..];
    }

    private static int WidthOf(ReadOnlySpan<char> cluster, Rune first)
    {
        var width = WidthTable.WidthOf(first);
        if (cluster.Length == first.Utf16SequenceLength || width is 0 or 2)
        {
            return width;
        }

        foreach (var rune in cluster[first.Utf16SequenceLength..].EnumerateRunes())
        {
            // Shown as a picture, the second half of a flag, or a mark that takes a column of its own.
            if (rune.Value is 0xFE0F or (>= 0x1F1E6 and <= 0x1F1FF) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
            {
                return 2;
            }
        }

        return width;
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static ReadOnlySpan<char> PictureOf(Rune rune) => rune.Value switch
    {
        '\t' => " ",
        < ' ' => Pictures.AsSpan(rune.Value, 1),
        0x7F => Pictures.AsSpan(DeletePicture - ControlPictures, 1),
        _ => Hidden,
    };

    private static string Pictures { get; } = string.Create(34, 0, static (span, _) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = (char)(ControlPictures + i);
        }
    });
}
