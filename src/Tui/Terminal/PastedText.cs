using System.Buffers;
using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>Collects what stands between the marks of a bracketed paste.</summary>
internal sealed class PastedText
{
    /// <summary>Bytes; what comes beyond is dropped.</summary>
    public const int MaxLength = 1 << 20;

    private readonly ArrayBufferWriter<byte> bytes = new();

    public void Add(ReadOnlySpan<byte> part) => bytes.Write(part[..Math.Min(part.Length, MaxLength - bytes.WrittenCount)]);

    /// <summary>The text so far, made harmless; starts the next paste empty.</summary>
    public string Take()
    {
        var text = new StringBuilder(bytes.WrittenCount);
        var rest = bytes.WrittenSpan;
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var length);
            Append(text, rune, followedByLineFeed: length < rest.Length && rest[length] == '\n');
            rest = rest[length..];
        }

        bytes.ResetWrittenCount();
        return text.ToString();
    }

    private static void Append(StringBuilder text, Rune rune, bool followedByLineFeed)
    {
        if (rune.Value == '\r')
        {
            text.Append(followedByLineFeed ? "" : "\n");
        }
        else if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
        {
            text.Append(rune.ToString());
        }
    }
}
