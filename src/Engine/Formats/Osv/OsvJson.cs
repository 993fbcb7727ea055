using System.Text.Json;

namespace Registry.Engine.Formats.Osv;

/// <summary>Steps through JSON whose values may be of any type: what is not of the wanted one is skipped.</summary>
internal static class OsvJson
{
    /// <summary>At the name of a member or before an item: steps into the object; false (and skipped) when it is something else.</summary>
    public static bool NextObject(this ref Utf8JsonReader reader) => reader.Next(JsonTokenType.StartObject);

    /// <inheritdoc cref="NextObject"/>
    public static bool NextArray(this ref Utf8JsonReader reader) => reader.Next(JsonTokenType.StartArray);

    /// <summary>Inside an object: steps to the next member's name; false at the end.</summary>
    public static bool NextName(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.PropertyName => true,
            JsonTokenType.EndObject => false,
            var other => throw new InvalidDataException($"a member was not read: {other}"),
        };
    }

    /// <summary>Inside an array: steps to the next item; false at the end.</summary>
    public static bool NextItem(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>The string that is the next value; null when it is something else.</summary>
    public static string? NextText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.Text();
    }

    /// <summary>The string here; null (and skipped) when it is something else.</summary>
    public static string? Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>The string that is the next value, cut to a number of characters; empty when it is something else.</summary>
    public static string NextText(this ref Utf8JsonReader reader, int lengthMax)
    {
        var text = reader.NextText() ?? "";
        if (text.Length <= lengthMax)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[lengthMax - 1]) ? lengthMax - 1 : lengthMax)] + "…";
    }

    /// <summary>The time that is the next value, in UTC; null when there is none that can be read.</summary>
    public static DateTimeOffset? NextTime(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;
        }

        reader.Skip();
        return null;
    }

    public static void SkipNext(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>Whether the value here opens what is wanted; skipped when not.</summary>
    public static bool Is(this ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        if (reader.TokenType == wanted)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static bool Next(this ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        reader.Read();
        return reader.Is(wanted);
    }
}
