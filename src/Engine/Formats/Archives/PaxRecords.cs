namespace Registry.Engine.Formats.Archives;

/// <summary>
/// What an extended header says that matters here: path and size of the next entry. Everything else it may say
/// (times, owners, comments) has no effect on what is installed; sparse files do and are refused.
/// </summary>
internal readonly ref struct PaxRecords
{
    private PaxRecords(ReadOnlySpan<byte> path, bool hasPath, long? size)
    {
        Path = path;
        HasPath = hasPath;
        Size = size;
    }

    public ReadOnlySpan<byte> Path { get; }

    public bool HasPath { get; }

    public long? Size { get; }

    /// <summary>Reads records of the form `LENGTH KEY=VALUE\n`, where the length counts the whole record.</summary>
    public static PaxRecords Read(ReadOnlySpan<byte> content, long bytesRead)
    {
        ReadOnlySpan<byte> path = [];
        var hasPath = false;
        long? size = null;
        while (!content.IsEmpty)
        {
            var record = Next(ref content, bytesRead);
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                throw Damaged(bytesRead);
            }

            var key = record[..equals];
            var value = record[(equals + 1)..];
            if (key.SequenceEqual("path"u8))
            {
                Once(!hasPath, bytesRead);
                path = value;
                hasPath = true;
            }
            else if (key.SequenceEqual("size"u8))
            {
                Once(size is null, bytesRead);
                size = Number(value, bytesRead);
            }
            else if (key.StartsWith("GNU.sparse"u8))
            {
                throw ArchiveReason.EntryType.Raise("has a sparse file", null, bytesRead);
            }
        }

        return new(path, hasPath, size);
    }

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> content, long bytesRead)
    {
        var space = content[..Math.Min(content.Length, 8)].IndexOf((byte)' ');
        if (space <= 0)
        {
            throw Damaged(bytesRead);
        }

        var length = Number(content[..space], bytesRead);
        if (length <= space + 1 || length > content.Length || content[(int)length - 1] != '\n')
        {
            throw Damaged(bytesRead);
        }

        var record = content[(space + 1)..((int)length - 1)];
        content = content[(int)length..];
        return record;
    }

    private static long Number(ReadOnlySpan<byte> digits, long bytesRead)
    {
        const int DigitsMax = 15;
        var value = 0L;
        foreach (var digit in digits)
        {
            value = digit is >= (byte)'0' and <= (byte)'9' ? value * 10 + (digit - '0') : throw Damaged(bytesRead);
        }

        return digits.Length is > 0 and <= DigitsMax ? value : throw Damaged(bytesRead);
    }

    private static void Once(bool first, long bytesRead)
    {
        if (!first)
        {
            throw ArchiveReason.HeaderConflict.Raise("says one thing of an entry twice", null, bytesRead);
        }
    }

    private static Exception Damaged(long bytesRead) =>
        ArchiveReason.Corrupt.Raise("has a damaged extended header", null, bytesRead);
}
