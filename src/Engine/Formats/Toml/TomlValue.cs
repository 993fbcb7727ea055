using System.Collections.Immutable;

namespace Registry.Engine.Formats.Toml;

/// <summary>A stretch of a document's text, in UTF-16 units; <paramref name="End"/> is exclusive.</summary>
public readonly record struct TomlSpan(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>A value of a TOML document, with its place in the text.</summary>
public abstract class TomlValue
{
    private protected TomlValue(TomlSpan span) => Span = span;

    /// <summary>From the first to the last character of the value as written. For a table under a header: the header.</summary>
    public TomlSpan Span { get; private protected set; }

    /// <summary>What the value is, for messages: `a string`, `an array`.</summary>
    public abstract string KindName { get; }
}

public enum TomlQuoting
{
    Basic,
    Literal,
    MultilineBasic,
    MultilineLiteral,
}

public sealed class TomlString : TomlValue
{
    internal TomlString(TomlSpan span, string value, TomlQuoting quoting)
        : base(span) => (Value, Quoting) = (value, quoting);

    public string Value { get; }

    public TomlQuoting Quoting { get; }

    public override string KindName => "a string";
}

public sealed class TomlInteger : TomlValue
{
    internal TomlInteger(TomlSpan span, long value)
        : base(span) => Value = value;

    public long Value { get; }

    public override string KindName => "an integer";
}

public sealed class TomlFloat : TomlValue
{
    internal TomlFloat(TomlSpan span, double value)
        : base(span) => Value = value;

    public double Value { get; }

    public override string KindName => "a float";
}

public sealed class TomlBoolean : TomlValue
{
    internal TomlBoolean(TomlSpan span, bool value)
        : base(span) => Value = value;

    public bool Value { get; }

    public override string KindName => "a boolean";
}

public enum TomlDateTimeKind
{
    Offset,
    LocalDateTime,
    LocalDate,
    LocalTime,
}

public sealed class TomlDateTime : TomlValue
{
    internal TomlDateTime(TomlSpan span, TomlDateTimeKind kind, string text)
        : base(span) => (Kind, Text) = (kind, text);

    public TomlDateTimeKind Kind { get; }

    /// <summary>In RFC 3339 form with `T` and `Z` in upper case and seconds as written.</summary>
    public string Text { get; }

    public override string KindName => "a date or time";
}

public sealed class TomlArray : TomlValue
{
    internal TomlArray(TomlSpan span, bool isTables)
        : base(span) => IsTables = isTables;

    /// <summary>Whether it was written as `[[name]]` headers.</summary>
    public bool IsTables { get; }

    public IReadOnlyList<TomlValue> Items => Elements;

    public override string KindName => "an array";

    internal List<TomlValue> Elements { get; } = [];

    internal void Close(int end) => Span = Span with { End = end };
}
