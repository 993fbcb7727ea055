namespace Registry.Engine.Formats.Osv;

/// <summary>Cuts bytes into lines of bounded length; a longer one is passed over without being kept.</summary>
/// <param name="read">Fills a part of an array and says how far; 0 at the end.</param>
internal sealed class OsvLines(Func<byte[], int, int> read, OsvBudget budget)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The next record; null at the end. Empty lines are no records.</summary>
    public OsvRecord? Next()
    {
        while (true)
        {
            var length = LineLength(out var isTooLong);
            if (length < 0)
            {
                return null;
            }

            var line = _buffer.AsSpan(_start, length).Trim(" \t\r"u8).ToArray();
            _start = Math.Min(_start + length + 1, _end);
            if (isTooLong || line.Length > 0)
            {
                var place = $"{budget.Name}:{budget.CountRecord()}";
                return isTooLong ? OsvRecord.TooLong(place) : OsvRecord.Of(place, line);
            }
        }
    }

    /// <summary>How long the line is that begins at the start of what is buffered; -1 when there is none.</summary>
    private int LineLength(out bool isTooLong)
    {
        isTooLong = false;
        var scanned = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                return scanned + feed;
            }

            scanned = _end - _start;
            if (scanned > OsvLimits.RecordBytesMax)
            {
                (isTooLong, _start, scanned) = (true, _end, 0);
            }

            if (!Fill())
            {
                return scanned > 0 || isTooLong ? scanned : -1;
            }
        }
    }

    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var more = budget.Guard(() => read(_buffer, _end));
        budget.Take(more);
        _end += more;
        _ended = more == 0;
        return more > 0;
    }
}
