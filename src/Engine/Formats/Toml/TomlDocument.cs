using System.Collections.Immutable;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Toml;

/// <summary>Where a new key of a table goes.</summary>
public enum TomlKeyOrder
{
    /// <summary>After the last one.</summary>
    AsAdded,

    /// <summary>To its place in the order, when the keys that are there are in order; else after the last one.</summary>
    KeepSorted,
}

/// <summary>
/// A TOML 1.0 document: its values with their places, and its exact text. Immutable: an edit gives a new document whose
/// text differs only where it must, so comments, order, blank lines, quotes and line ends stay as the user left them.
/// Anything wrong with the text is <see cref="ProblemCode.TomlInvalid"/> with line and column.
/// </summary>
public sealed class TomlDocument
{
    /// <summary>Tables, arrays and the parts of a key, one inside the other.</summary>
    public const int DepthMax = 128;

    /// <summary>Longest text, in UTF-16 units. Callers with a tighter bound check it first.</summary>
    public const int LengthMax = 16 * 1024 * 1024;

    /// <summary>Most values, tables and array items included: what a hostile text can make the reader hold.</summary>
    public const int ValuesMax = 1_000_000;

    private TomlDocument(string text, string file, TomlTable root, List<TomlHeader> headers) =>
        (Text, File, Root, Headers) = (text, file, root, headers);

    public string Text { get; }

    /// <summary>The name for messages.</summary>
    public string File { get; }

    public TomlTable Root { get; }

    internal List<TomlHeader> Headers { get; }

    public static TomlDocument Parse(string text, string file)
    {
        if (text.Length > LengthMax)
        {
            throw new Problem(
                ProblemCode.TomlInvalid, $"the file is longer than {LengthMax / 1024 / 1024} Mi characters",
                "split the file", new TextPlace(file, 1, 1)).Raise();
        }

        var parser = new TomlParser(text, file);
        return new(text, file, parser.Parse(), parser.Headers);
    }

    /// <summary>Reads bytes, which must be UTF-8; a byte order mark at the start is kept.</summary>
    public static TomlDocument Parse(ReadOnlySpan<byte> utf8, string file) => Parse(TomlUtf8.Decode(utf8, file), file);

    /// <summary>The value at a path of keys through tables; null when there is none.</summary>
    public TomlValue? Find(params ReadOnlySpan<string> path)
    {
        TomlValue? value = Root;
        foreach (var key in path)
        {
            value = (value as TomlTable)?[key];
        }

        return value;
    }

    /// <summary>Where a value stands.</summary>
    public TextPlace PlaceOf(TomlValue value) => PlaceOf(value.Span);

    public TextPlace PlaceOf(TomlSpan span) => TomlPlaces.At(Text, File, span.Start);

    /// <summary>
    /// Gives a key a value. An existing value is replaced where it stands; a new key goes into its table as
    /// <paramref name="keyOrder"/> says; a missing table is made.
    /// </summary>
    /// <param name="tableOrder">The usual order of the top-level tables, to place a new one among those that exist.</param>
    /// <exception cref="ArgumentException">The path goes through a value that is no table.</exception>
    public TomlDocument Set(
        ImmutableArray<string> path, TomlLiteral value, ImmutableArray<string> tableOrder = default, TomlKeyOrder keyOrder = TomlKeyOrder.AsAdded) =>
        new TomlEdit(this, tableOrder.IsDefault ? [] : tableOrder, keyOrder).Set(path, value);

    /// <summary>Takes a key away, with everything below it. Comments on other lines stay. No change when there is no such key.</summary>
    public TomlDocument Remove(ImmutableArray<string> path) => new TomlEdit(this, [], TomlKeyOrder.AsAdded).Remove(path);

    public override string ToString() => Text;

    /// <summary>The document with one stretch of text replaced.</summary>
    internal TomlDocument Splice(TomlSpan span, string replacement) =>
        Parse(string.Concat(Text.AsSpan(0, span.Start), replacement, Text.AsSpan(span.End)), File);
}
