using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// What is needed of every version line. Writers put these members first, so that the rest of the line need not be
/// read; a line with another order is read whole.
/// </summary>
/// <param name="Status">Null for one this program does not know.</param>
internal readonly record struct IndexLineStart(SemanticVersion Version, DateTimeOffset? Published, ReleaseStatus? Status, long MinFormat)
{
    private const int TimeLength = 20;

    public static IndexLineStart Read(ReadOnlySpan<byte> line) => TryReadUsual(line, out var start) ? start : ReadWhole(line);

    private static bool TryReadUsual(ReadOnlySpan<byte> line, out IndexLineStart start)
    {
        start = default;
        if (!TryTake(ref line, "{\"version\":\""u8, out var versionText)
            || !TryTake(ref line, ",\"published\":\""u8, out var publishedText)
            || !TryTake(ref line, ",\"status\":\""u8, out var statusText)
            || ParseVersion(versionText) is not { } version
            || ParseTime(publishedText) is not { } published
            || ParseStatus(statusText) is not { } status)
        {
            return false;
        }

        var minFormat = 1L;
        if (line.StartsWith(",\"min_format\":"u8))
        {
            line = line[",\"min_format\":"u8.Length..];
            if (!Utf8Parser.TryParse(line, out minFormat, out _))
            {
                return false;
            }
        }

        start = new(version, published, status, minFormat);
        return true;
    }

    /// <summary>Takes `PREFIX value "` off the front; not when the value has an escape.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(prefix))
        {
            return false;
        }

        var rest = line[prefix.Length..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] != '"')
        {
            return false;
        }

        value = rest[..end];
        line = rest[(end + 1)..];
        return true;
    }

    private static IndexLineStart ReadWhole(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = FeedLimits.JsonDepthMax });
        string? version = null;
        string? published = null;
        string? status = null;
        var minFormat = 1L;
        reader.Read();
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("version"u8))
            {
                version = Once(version, ref reader);
            }
            else if (reader.ValueTextEquals("published"u8))
            {
                published = Once(published, ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                status = Once(status, ref reader);
            }
            else if (reader.ValueTextEquals("min_format"u8))
            {
                minFormat = reader.NextLong();
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new(
            SemanticVersion.TryParse(version, out var parsed) ? parsed : throw new JsonException($"`{version}` is not a version"),
            published is null ? null : FeedJson.ParseTime(published),
            ParseStatus(Encoding.UTF8.GetBytes(status ?? throw new JsonException("`status` is missing"))),
            minFormat);
    }

    private static string Once(string? value, ref Utf8JsonReader reader) =>
        value is null ? reader.NextString() : throw new JsonException("a member stands twice");

    private static SemanticVersion? ParseVersion(ReadOnlySpan<byte> text)
    {
        Span<char> chars = stackalloc char[SemanticVersion.LengthMax];
        return text.Length <= chars.Length && Encoding.ASCII.TryGetChars(text, chars, out var length)
            && SemanticVersion.TryParse(chars[..length], out var version)
            ? version
            : null;
    }

    private static ReleaseStatus? ParseStatus(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("ok"u8) ? ReleaseStatus.Ok
        : text.SequenceEqual("yanked"u8) ? ReleaseStatus.Yanked
        : text.SequenceEqual("quarantined"u8) ? ReleaseStatus.Quarantined
        : text.SequenceEqual("revoked"u8) ? ReleaseStatus.Revoked
        : null;

    /// <summary>`2026-11-20T07:00:00Z`, the only form writers use.</summary>
    private static DateTimeOffset? ParseTime(ReadOnlySpan<byte> text)
    {
        if (text.Length != TimeLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        {
            return null;
        }

        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60
            ? new(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
