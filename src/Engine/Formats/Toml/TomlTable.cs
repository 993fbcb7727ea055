namespace Registry.Engine.Formats.Toml;

/// <summary>How a table came to be, which decides how it may be extended and edited.</summary>
public enum TomlTableKind
{
    Root,

    /// <summary>Under a `[header]` or a `[[header]]` of its own.</summary>
    Header,

    /// <summary>Only named on the way to another header.</summary>
    Implicit,

    /// <summary>By a dotted key.</summary>
    Dotted,

    /// <summary>`{ … }`.</summary>
    Inline,
}

/// <summary>One key of a table; <paramref name="KeySpan"/> is where it was first written.</summary>
public sealed record TomlEntry(string Key, TomlSpan KeySpan, TomlValue Value);

/// <summary>A table, with its entries in the order they were first named.</summary>
public sealed class TomlTable : TomlValue
{
    /// <summary>Below this many entries looking at each is as fast as a dictionary, and most tables are small.</summary>
    private const int SmallMax = 8;

    private readonly List<TomlEntry> _entries = [];
    private Dictionary<string, TomlEntry>? _byKey;

    internal TomlTable(TomlSpan span, TomlTableKind kind, int depth)
        : base(span) => (Kind, Depth) = (kind, depth);

    public TomlTableKind Kind { get; private set; }

    public IReadOnlyList<TomlEntry> Entries => _entries;

    public override string KindName => "a table";

    internal int Depth { get; }

    /// <summary>The `key = value` lines written directly in this table, dotted ones too. Empty for implicit and dotted tables.</summary>
    internal List<TomlAssignment> Assignments { get; } = [];

    public TomlValue? this[string key] => Find(key)?.Value;

    public TomlEntry? Find(string key)
    {
        if (_byKey is not null)
        {
            return _byKey.GetValueOrDefault(key);
        }

        foreach (var entry in _entries)
        {
            if (entry.Key == key)
            {
                return entry;
            }
        }

        return null;
    }

    internal void Add(TomlEntry entry)
    {
        _entries.Add(entry);
        if (_byKey is not null)
        {
            _byKey.Add(entry.Key, entry);
        }
        else if (_entries.Count > SmallMax)
        {
            _byKey = _entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        }
    }

    internal void TakeHeader(TomlSpan header) => (Kind, Span) = (TomlTableKind.Header, header);

    internal void Close(int end) => Span = Span with { End = end };
}

/// <summary>A key as written, dots included, and the value it is given.</summary>
internal sealed record TomlAssignment(List<TomlKeyPart> Path, TomlValue Value)
{
    public int Start => Path[0].Span.Start;

    public int End => Value.Span.End;
}

internal sealed record TomlKeyPart(string Name, TomlSpan Span);

/// <summary>A `[header]` line.</summary>
internal sealed record TomlHeader(List<TomlKeyPart> Path, TomlTable Table, TomlSpan Span);
