using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Security;

/// <summary>Reads values of an index one after the other; whatever does not fit the bytes is an <see cref="InvalidDataException"/>.</summary>
internal ref struct AdvisoryIndexCursor(ReadOnlySpan<byte> bytes, int at)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int At { get; private set; } = at;

    /// <summary>A number that counts things of at least a byte each, so that no count asks for more than there is.</summary>
    public int Count() => Number() is var count && count >= 0 && count <= _bytes.Length - At ? (int)count : throw Damaged();

    public int Number(int max) => Number() is var number && number >= 0 && number <= max ? (int)number : throw Damaged();

    public long Number()
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)At >= (uint)_bytes.Length)
            {
                throw Damaged();
            }

            var part = _bytes[At++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)number;
            }
        }

        throw Damaged();
    }

    public ReadOnlySpan<byte> Utf8()
    {
        var length = Count();
        var text = _bytes.Slice(At, length);
        At += length;
        return text;
    }

    public string Text() => Encoding.UTF8.GetString(Utf8());

    public DateTimeOffset? Time() => Number() is var ticks && ticks == 0
        ? null
        : ticks > 0 && ticks - 1 <= DateTimeOffset.MaxValue.UtcTicks ? new(ticks - 1, TimeSpan.Zero) : throw Damaged();

    public SemanticVersion Version()
    {
        var text = Utf8();
        if (text.IsEmpty)
        {
            return new(Number(int.MaxValue), Number(int.MaxValue), Number(int.MaxValue));
        }

        return text.Length <= SemanticVersion.LengthMax && SemanticVersion.TryParse(Encoding.UTF8.GetString(text), out var version) ? version : throw Damaged();
    }

    public static InvalidDataException Damaged() => new("a value lies outside of the index");
}
