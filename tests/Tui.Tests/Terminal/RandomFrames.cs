using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

/// <summary>Frames of any content from a seed: wide glyphs at every edge, clusters, marks, hostile text, all styles.</summary>
internal sealed class RandomFrames(int seed)
{
    private static readonly string[] Texts =
    [
        "a", "web-kit", "      ", "你好", "色彩-kit", "📦", "👨‍👩‍👧", "🇳🇱", "👍🏽", "e\u0301", "❤️", "1️⃣", "कि", "한글", "│ ├─ └", "\e[31m", "\u202Eevil",
        "a\u200Bb", "\t", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\uD800", "…", "ﬃ",
    ];

    private static readonly string[] Addresses =
        ["https://example.com/a", "http://example.com/b?c=d;e", "javascript:alert(1)", "https://example.com/\e[31m", "https://example.com/\u202Eevil", "file:///etc/passwd", ""];

    private readonly Random random = new(seed);

    public GlyphTable Glyphs { get; } = new();

    public Frame Next(int width, int height)
    {
        var frame = new Frame(Glyphs, width, height);
        Scribble(frame, random.Next(40));
        return frame;
    }

    /// <summary>The same frame with a few changes.</summary>
    public Frame Near(Frame frame)
    {
        var copy = new Frame(Glyphs, frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            for (var x = 0; x < frame.Width; x++)
            {
                var cell = frame.Row(y)[x];
                if (!cell.IsTail)
                {
                    copy.Put(x, y, cell.Glyph, cell.Width, cell.Style);
                    copy.Link(x, y, 1, cell.Link);
                }
            }
        }

        Scribble(copy, random.Next(4));
        return copy;
    }

    private void Scribble(Frame frame, int times)
    {
        var canvas = new Canvas(frame);
        for (var i = 0; i < times; i++)
        {
            var text = Texts[random.Next(Texts.Length)];
            if (random.Next(4) == 0)
            {
                canvas.WriteLink(random.Next(frame.Width), random.Next(frame.Height), text, Addresses[random.Next(Addresses.Length)], Style());
            }
            else
            {
                canvas.Write(random.Next(frame.Width), random.Next(frame.Height), text, Style());
            }
        }

        if (random.Next(2) == 0)
        {
            frame.PlaceCursor(random.Next(frame.Width), random.Next(frame.Height));
        }
    }

    private Style Style() => random.Next(3) == 0
        ? default
        : new Style((Ink)random.Next(8), random.Next(4) == 0 ? Ink.Selection : Ink.Default, (Emphasis)random.Next(16));
}
