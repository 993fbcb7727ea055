namespace Registry.Engine.Formats.Toml;

/// <summary>Reads RFC 3339 dates and times and checks that they exist.</summary>
internal static class TomlDateTimeReader
{
    /// <returns>The normal text (`T`, `Z` in upper case), or null when it is no date or time.</returns>
    public static string? Read(ReadOnlySpan<char> text, out TomlDateTimeKind kind)
    {
        kind = TomlDateTimeKind.LocalTime;
        if (TakeTime(text, out var timeRest))
        {
            return timeRest.IsEmpty ? text.ToString() : null;
        }

        kind = TomlDateTimeKind.LocalDate;
        if (!IsDate(text))
        {
            return null;
        }

        if (text.Length == 10)
        {
            return text.ToString();
        }

        if (text[10] is not ('T' or 't' or ' ') || !TakeTime(text[11..], out var zone))
        {
            return null;
        }

        kind = zone.IsEmpty ? TomlDateTimeKind.LocalDateTime : TomlDateTimeKind.Offset;
        return zone.IsEmpty || IsZone(zone)
            ? $"{text[..10]}T{text[11..]}".Replace('z', 'Z')
            : null;
    }

    private static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-'
        && Number(text[..4], 0, 9999) is { } year && Number(text[5..7], 1, 12) is { } month
        && Number(text[8..10], 1, DateTime.DaysInMonth(year == 0 ? 4 : year, month)) is not null;

    private static bool TakeTime(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = text;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || Number(text[..2], 0, 23) is null || Number(text[3..5], 0, 59) is null || Number(text[6..8], 0, 60) is null)
        {
            return false;
        }

        var end = 8;
        if (text.Length > end && text[end] == '.')
        {
            var digits = end + 1;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                digits++;
            }

            if (digits == end + 1)
            {
                return false;
            }

            end = digits;
        }

        rest = text[end..];
        return true;
    }

    private static bool IsZone(ReadOnlySpan<char> text) =>
        text is "Z" or "z"
        || (text.Length == 6 && text[0] is '+' or '-' && text[3] == ':'
            && Number(text[1..3], 0, 23) is not null && Number(text[4..6], 0, 59) is not null);

    private static int? Number(ReadOnlySpan<char> digits, int min, int max)
    {
        var value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return null;
            }

            value = (value * 10) + (c - '0');
        }

        return value >= min && value <= max ? value : null;
    }
}
