namespace Registry.Engine.Formats.Archives;

/// <summary>One 512-byte header of a tar file, read in place.</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Length = 512;

    public const byte File = (byte)'0';
    public const byte OldFile = 0;
    public const byte FolderType = (byte)'5';
    public const byte Extension = (byte)'x';
    public const byte GlobalExtension = (byte)'g';
    public const byte LongName = (byte)'L';

    private const int OwnerMayExecute = 0b001_000_000;

    private readonly ReadOnlySpan<byte> _block = block;

    public byte Type => _block[156];

    /// <summary>A block of zeros, which ends the file.</summary>
    public bool IsEnd => !_block.ContainsAnyExcept((byte)0);

    public ReadOnlySpan<byte> Name => Text(_block[..100]);

    /// <summary>The start of a long name; only the POSIX form has it, GNU keeps other things there.</summary>
    public ReadOnlySpan<byte> Prefix => _block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(_block.Slice(345, 155)) : [];

    public bool IsExecutable => TryOctal(_block.Slice(100, 8), out var mode) && (mode & OwnerMayExecute) != 0;

    /// <returns>False for everything but plain octal digits: no sign, no base 256, no more digits than the field has.</returns>
    public bool TrySize(out long size) => TryOctal(_block.Slice(124, 12), out size);

    public bool HasChecksum()
    {
        var sum = 8 * ' ';
        for (var i = 0; i < Length; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : _block[i];
        }

        return TryOctal(_block.Slice(148, 8), out var written) && written == sum;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>Digits, ended by a space or NUL so that a field filled to its last byte is an overflow.</summary>
    private static bool TryOctal(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        var digits = field.TrimStart((byte)' ');
        var end = digits.IndexOfAny((byte)0, (byte)' ');
        if (end < 0)
        {
            return false;
        }

        foreach (var digit in digits[..end])
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            value = value * 8 + (digit - '0');
        }

        return !digits[end..].ContainsAnyExcept((byte)0, (byte)' ');
    }
}
