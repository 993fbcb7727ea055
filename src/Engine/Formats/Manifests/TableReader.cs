using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>
/// Reads the keys of one table by type. `-` and `_` in a key are the same. Keys nobody asked for are warned about, with
/// the nearest one that was asked for.
/// </summary>
internal sealed class TableReader(TomlTable table, string name, ManifestNotes notes)
{
    private const int TextLengthMax = 4096;
    private const int ItemsMax = 1000;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    /// <summary>As in messages: `[package]`, or `the dependency actor-utils`.</summary>
    public string Name => name;

    public TomlTable Table => table;

    public TomlEntry? Find(string key)
    {
        _asked.Add(key);
        var other = key.Contains('-', StringComparison.Ordinal) ? key.Replace('-', '_') : key.Replace('_', '-');
        var found = table.Find(key);
        if (other != key && table.Find(other) is { } twin)
        {
            found = found is null ? twin : throw notes.Error(twin.KeySpan, $"`{key}` and `{other}` in {name} are the same key", "keep one of the two");
        }

        if (found is not null)
        {
            _found.Add(found.Key);
        }

        return found;
    }

    public string? Text(string key, int lengthMax = TextLengthMax) => Find(key) is { } entry ? TextOf(entry.Value, key, lengthMax) : null;

    public bool? Flag(string key) => Find(key)?.Value switch
    {
        null => null,
        TomlBoolean flag => flag.Value,
        var other => throw Mismatch(other, key, "true or false"),
    };

    public int? Number(string key, int min, int max) => Find(key)?.Value switch
    {
        null => null,
        TomlInteger { Value: var value } when value >= min && value <= max => (int)value,
        var other => throw Mismatch(other, key, $"a whole number from {min} to {max}"),
    };

    public ImmutableArray<string> Texts(string key, int itemsMax = ItemsMax) => Find(key) is { } entry ? Texts(entry, itemsMax) : [];

    public ImmutableArray<string> Texts(TomlEntry entry, int itemsMax = ItemsMax) =>
        [.. Items(entry, itemsMax).Select(item => TextOf(item, entry.Key, TextLengthMax))];

    public ImmutableArray<TomlValue> Items(string key, int itemsMax = ItemsMax) => Find(key) is { } entry ? Items(entry, itemsMax) : [];

    public ImmutableArray<TomlValue> Items(TomlEntry entry, int itemsMax = ItemsMax) => entry.Value switch
    {
        TomlArray array when array.Items.Count <= itemsMax => [.. array.Items],
        TomlArray array => throw notes.Error(array.Span, $"`{entry.Key}` in {name} has more than {itemsMax} items", "shorten the list"),
        var other => throw Mismatch(other, entry.Key, "an array"),
    };

    public TableReader? Below(string key) => Find(key) is { } entry ? Below(entry, $"[{entry.Key}]") : null;

    public TableReader Below(TomlEntry entry, string called) =>
        entry.Value is TomlTable below ? new(below, called, notes) : throw Mismatch(entry.Value, entry.Key, "a table");

    /// <summary>One of a few words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Find(key) is not { } entry)
        {
            return null;
        }

        return words.TryGetValue(TextOf(entry.Value, key, TextLengthMax), out var value)
            ? value
            : throw notes.Error(
                entry.Value.Span, $"`{key}` in {name} cannot be `{Shown(entry.Value)}`", $"write one of {string.Join(", ", words.Keys.Select(word => $"\"{word}\""))}");
    }

    public string TextOf(TomlValue value, string key, int lengthMax)
    {
        var text = value as TomlString ?? throw Mismatch(value, key, "a string");
        return text.Value.Length <= lengthMax
            ? text.Value
            : throw notes.Error(value.Span, $"`{key}` in {name} is longer than {lengthMax} characters", "shorten it");
    }

    public ProblemException Mismatch(TomlValue value, string key, string expected) =>
        notes.Error(value.Span, $"`{key}` in {name} must be {expected}, not {value.KindName}", $"write `{key}` as {expected}");

    /// <summary>Warns about the keys nobody asked for.</summary>
    public void WarnOfUnknown()
    {
        foreach (var entry in table.Entries.Where(entry => !_found.Contains(entry.Key)))
        {
            notes.Warn(
                entry.KeySpan, $"unknown key `{Printable.Clip(entry.Key, 80)}` in {name} is ignored",
                () => NearestName.Of(entry.Key, _asked.Except(_found)) is { } nearest ? $"did you mean `{nearest}`?" : null);
        }
    }

    private static string Shown(TomlValue value) => value is TomlString text ? Printable.Clip(text.Value, 40) : value.KindName;
}
