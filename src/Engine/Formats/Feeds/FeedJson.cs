using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>Reading and writing the JSON of a feed: bounded depth, no comments, one kind of failure.</summary>
internal static class FeedJson
{
    public delegate T Reading<T>(ref Utf8JsonReader reader);

    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly JsonReaderOptions Options = new() { MaxDepth = FeedLimits.JsonDepthMax };

    // Text of packages may hold anything; the relaxed encoder keeps non-ASCII letters readable. Never embedded in HTML.
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    /// <summary>One whole JSON value; anything wrong with it is the given problem about <paramref name="what"/>.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json, ProblemCode code, string what, Reading<T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            reader.Read();
            var value = read(ref reader);
            return reader.Read() ? throw new JsonException("text after the end") : value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new Problem(code, $"{what} is damaged{Place(e)}: {Words(e)}", Hint(code)).Raise(e);
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> write) => Write(Compact, write);

    /// <summary>With line breaks, for the files that people read; always `\n`.</summary>
    public static byte[] WriteIndented(Action<Utf8JsonWriter> write) => Write(Indented, write);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new JsonException($"`{text}` is not a time");

    /// <summary>At the start of an object: steps in. Then <see cref="NextMember"/> until it says no.</summary>
    public static void EnterObject(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }
    }

    /// <summary>Steps to the next member's name; false at the end of the object.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    public static string NextString(this ref Utf8JsonReader reader) =>
        reader.NextOptionalString() ?? throw new JsonException("a string was expected");

    public static string? NextOptionalString(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
    }

    public static long NextLong(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    public static bool NextBoolean(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetBoolean();
    }

    /// <summary>Steps into the object or array that is the next value; false when it is null.</summary>
    public static bool NextContainer(this ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        return reader.TokenType == start
            || (reader.TokenType == JsonTokenType.Null ? false : throw new JsonException($"{start} was expected"));
    }

    /// <summary>The strings of the array that is the next value; none when it is null.</summary>
    public static List<string> NextStrings(this ref Utf8JsonReader reader, int countMax)
    {
        var strings = new List<string>();
        if (!reader.NextContainer(JsonTokenType.StartArray))
        {
            return strings;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(strings.Count < countMax ? reader.GetString() ?? throw new JsonException("a string was expected") : throw new JsonException("too many entries"));
        }

        return strings;
    }

    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static byte[] Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, options with { NewLine = "\n" }))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Place(Exception cause) =>
        cause is JsonException { LineNumber: { } line, BytePositionInLine: { } column }
            ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, column {column + 1}")
            : "";

    /// <summary>The reader's words without the place, which it says in its own way.</summary>
    private static string Words(Exception cause)
    {
        var end = cause.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Model.Printable.Clip((end < 0 ? cause.Message : cause.Message[..end]).TrimEnd('.'), 200);
    }

    private static string Hint(ProblemCode code) => code == ProblemCode.FeedMalformed
        ? "check the address with `cairn registry list`; a sign-in page or proxy in between answers with something else"
        : "run the command again; if it stays, tell whoever runs the registry";
}
