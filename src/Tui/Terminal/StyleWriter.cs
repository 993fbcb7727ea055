using System.Buffers;
using System.Buffers.Text;

namespace Registry.Tui.Terminal;

/// <summary>Turns a style into the select-graphic-rendition sequence of one colour depth. Each is complete: it starts from reset.</summary>
internal sealed class StyleWriter(Theme theme, ColourDepth depth)
{
    private readonly Dictionary<Style, byte[]> known = [];

    // With few colours a ground of ours may be unreadable on the user's palette; reverse always reads.
    private bool ReversesSelection => depth <= ColourDepth.Sixteen || theme[Ink.Selection].IsTerminals;

    public void Write(Style style, IBufferWriter<byte> output)
    {
        if (!known.TryGetValue(style, out var sequence))
        {
            sequence = Compose(style);
            known.Add(style, sequence);
        }

        output.Write(sequence);
    }

    private byte[] Compose(Style style)
    {
        var output = new ArrayBufferWriter<byte>(48);
        output.Write("\e[0"u8);
        AddEmphasis(style, output);
        if (depth != ColourDepth.Mono)
        {
            AddColour(style.Text, ground: false, output);
            AddColour(style.Ground, ground: true, output);
        }

        output.Write("m"u8);
        return output.WrittenSpan.ToArray();
    }

    private void AddEmphasis(Style style, ArrayBufferWriter<byte> output)
    {
        var emphasis = style.Emphasis;
        if (style.Ground == Ink.Selection && ReversesSelection)
        {
            emphasis |= Emphasis.Reverse;
        }

        if (depth == ColourDepth.Mono)
        {
            emphasis |= style.Text switch { Ink.Problem => Emphasis.Strong, Ink.Accent => Emphasis.Underline, Ink.Quiet => Emphasis.Faint, _ => Emphasis.None };
        }

        Add(emphasis, Emphasis.Strong, ";1"u8, output);
        Add(emphasis, Emphasis.Faint, ";2"u8, output);
        Add(emphasis, Emphasis.Underline, ";4"u8, output);
        Add(emphasis, Emphasis.Reverse, ";7"u8, output);
    }

    private static void Add(Emphasis emphasis, Emphasis one, ReadOnlySpan<byte> code, ArrayBufferWriter<byte> output)
    {
        if ((emphasis & one) != 0)
        {
            output.Write(code);
        }
    }

    private void AddColour(Ink ink, bool ground, ArrayBufferWriter<byte> output)
    {
        var tone = theme[ink];
        if (tone.IsTerminals || (ink == Ink.Selection && ReversesSelection))
        {
            return;
        }

        switch (depth)
        {
            case ColourDepth.True:
                output.Write(ground ? ";48;2"u8 : ";38;2"u8);
                AddNumber(tone.Rgb >> 16, output);
                AddNumber((tone.Rgb >> 8) & 255, output);
                AddNumber(tone.Rgb & 255, output);
                break;
            case ColourDepth.Indexed:
                output.Write(ground ? ";48;5"u8 : ";38;5"u8);
                AddNumber(tone.Indexed, output);
                break;
            default:
                AddNumber((tone.Ansi < 8 ? 30 : 82) + tone.Ansi + (ground ? 10 : 0), output);
                break;
        }
    }

    private static void AddNumber(int number, ArrayBufferWriter<byte> output)
    {
        var span = output.GetSpan(12);
        span[0] = (byte)';';
        Utf8Formatter.TryFormat(number, span[1..], out var length);
        output.Advance(length + 1);
    }
}
