using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// Names, constraints and words that index documents repeat, each made once. A resolution reads the same `^1.0`
/// thousands of times. Safe for several threads.
/// </summary>
public sealed class IndexVocabulary
{
    private const int LengthMax = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PackageName> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Constraint> _constraints = new(StringComparer.Ordinal);

    internal string Word(ref Utf8JsonReader reader)
    {
        Span<char> buffer = stackalloc char[LengthMax];
        if (!TryCopy(ref reader, buffer, out var length))
        {
            return reader.GetString() ?? throw new JsonException("a string was expected");
        }

        lock (_gate)
        {
            var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!words.TryGetValue(buffer[..length], out var word))
            {
                word = new string(buffer[..length]);
                _words.Add(word, word);
            }

            return word;
        }
    }

    internal PackageName Name(ref Utf8JsonReader reader)
    {
        Span<char> buffer = stackalloc char[LengthMax];
        if (!TryCopy(ref reader, buffer, out var length))
        {
            throw new JsonException("a package name was expected");
        }

        lock (_gate)
        {
            var names = _names.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!names.TryGetValue(buffer[..length], out var name))
            {
                var text = new string(buffer[..length]);
                name = PackageName.TryParse(text, out var parsed) ? parsed : throw new JsonException($"`{text}` is not a package name");
                _names.Add(text, name);
            }

            return name;
        }
    }

    internal Constraint Constraint(ref Utf8JsonReader reader)
    {
        Span<char> buffer = stackalloc char[LengthMax];
        if (!TryCopy(ref reader, buffer, out var length))
        {
            throw new JsonException("a constraint was expected");
        }

        lock (_gate)
        {
            var constraints = _constraints.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!constraints.TryGetValue(buffer[..length], out var constraint))
            {
                var text = new string(buffer[..length]);
                constraint = Model.Constraint.TryParse(text, out var parsed) ? parsed : throw new JsonException($"`{text}` is not a constraint");
                _constraints.Add(text, constraint);
            }

            return constraint;
        }
    }

    private static bool TryCopy(ref Utf8JsonReader reader, scoped Span<char> buffer, out int length)
    {
        length = 0;
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > buffer.Length)
        {
            return false;
        }

        length = reader.CopyString(buffer);
        return true;
    }
}
