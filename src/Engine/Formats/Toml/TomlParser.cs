using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Toml;

/// <summary>Reads a whole document: headers, assignments and the rules on what may extend what.</summary>
internal sealed class TomlParser(string text, string file)
{
    private readonly TomlCursor _cursor = new(text, file);
    private readonly TomlTable _root = new(new(0, text.Length), TomlTableKind.Root, 0);
    private int _values;

    public List<TomlHeader> Headers { get; } = [];

    public TomlTable Parse()
    {
        var table = _root;
        while (true)
        {
            _cursor.SkipLines();
            if (_cursor.IsAtEnd)
            {
                return _root;
            }

            if (_cursor.Current == '[')
            {
                table = ReadHeader();
            }
            else
            {
                ReadAssignment(table);
            }

            _cursor.TakeLineEnd();
        }
    }

    private TomlTable ReadHeader()
    {
        var start = _cursor.At++;
        var isArray = _cursor.Take('[');
        var path = ReadKey();
        if (!_cursor.Take(']') || (isArray && !_cursor.Take(']')))
        {
            throw _cursor.Error($"expected `{(isArray ? "]]" : "]")}`, found {_cursor.Found()}", "a table header is [name] or [[name]], names joined by dots");
        }

        var span = new TomlSpan(start, _cursor.At);
        var parent = _root;
        foreach (var part in path[..^1])
        {
            parent = Pass(parent, part);
        }

        var table = isArray ? AppendTable(parent, path[^1], span) : DefineTable(parent, path[^1], span);
        Headers.Add(new(path, table, span));
        return table;
    }

    /// <summary>The table a header goes through on its way.</summary>
    private TomlTable Pass(TomlTable parent, TomlKeyPart part)
    {
        switch (parent[part.Name])
        {
            case null:
                return AddTable(parent, part, TomlTableKind.Implicit, part.Span);
            case TomlTable { Kind: not TomlTableKind.Inline } table:
                return table;
            case TomlArray { IsTables: true } array:
                return (TomlTable)array.Items[^1];
            case var other:
                throw Taken(part, other);
        }
    }

    private TomlTable DefineTable(TomlTable parent, TomlKeyPart part, TomlSpan header)
    {
        switch (parent[part.Name])
        {
            case null:
                return AddTable(parent, part, TomlTableKind.Header, header);
            case TomlTable { Kind: TomlTableKind.Implicit } table:
                table.TakeHeader(header);
                return table;
            case var other:
                throw Taken(part, other);
        }
    }

    private TomlTable AppendTable(TomlTable parent, TomlKeyPart part, TomlSpan header)
    {
        if (parent[part.Name] is not { } existing)
        {
            existing = new TomlArray(header, isTables: true);
            parent.Add(new(part.Name, part.Span, existing));
        }

        if (existing is not TomlArray { IsTables: true } array)
        {
            throw Taken(part, existing);
        }

        Count();
        var table = new TomlTable(header, TomlTableKind.Header, DepthBelow(parent, part));
        array.Elements.Add(table);
        return table;
    }

    private void ReadAssignment(TomlTable host)
    {
        var path = ReadKey();
        if (!_cursor.Take('='))
        {
            throw _cursor.Error($"expected `=` after the key, found {_cursor.Found()}", "write `key = value`");
        }

        var table = host;
        foreach (var part in path[..^1])
        {
            table = Extend(table, part);
        }

        var last = path[^1];
        if (table[last.Name] is { } taken)
        {
            throw Taken(last, taken);
        }

        _cursor.SkipBlanks();
        var value = ReadValue(table.Depth + 1, last);
        table.Add(new(last.Name, last.Span, value));
        host.Assignments.Add(new(path, value));
    }

    /// <summary>The table a dotted key goes through: a new one, or one made by a dotted key of the same place.</summary>
    private TomlTable Extend(TomlTable parent, TomlKeyPart part) => parent[part.Name] switch
    {
        null => AddTable(parent, part, TomlTableKind.Dotted, part.Span),
        TomlTable { Kind: TomlTableKind.Dotted } table => table,
        var other => throw Taken(part, other),
    };

    private void Count()
    {
        if (++_values > TomlDocument.ValuesMax)
        {
            throw _cursor.Error($"more than {TomlDocument.ValuesMax} values", "split the file");
        }
    }

    private TomlTable AddTable(TomlTable parent, TomlKeyPart part, TomlTableKind kind, TomlSpan span)
    {
        Count();
        var table = new TomlTable(span, kind, DepthBelow(parent, part));
        parent.Add(new(part.Name, part.Span, table));
        return table;
    }

    private int DepthBelow(TomlTable parent, TomlKeyPart part) =>
        parent.Depth < TomlDocument.DepthMax ? parent.Depth + 1 : throw TooDeep(part.Span.Start);

    private List<TomlKeyPart> ReadKey()
    {
        var parts = new List<TomlKeyPart>(1);
        do
        {
            _cursor.SkipBlanks();
            if (parts.Count >= TomlDocument.DepthMax)
            {
                throw TooDeep(_cursor.At);
            }

            parts.Add(ReadKeyPart());
            _cursor.SkipBlanks();
        }
        while (_cursor.Take('.'));
        return parts;
    }

    private TomlKeyPart ReadKeyPart()
    {
        var start = _cursor.At;
        if (_cursor.Current is '"' or '\'')
        {
            var quoted = TomlStringReader.Read(_cursor);
            return quoted.Quoting is TomlQuoting.Basic or TomlQuoting.Literal
                ? new(quoted.Value, quoted.Span)
                : throw _cursor.ErrorAt(start, "a key cannot have several lines", "write the key in single quotes or bare");
        }

        while (char.IsAsciiLetterOrDigit(_cursor.Current) || _cursor.Current is '-' or '_')
        {
            _cursor.At++;
        }

        return _cursor.At > start
            ? new(_cursor.Text[start.._cursor.At], new(start, _cursor.At))
            : throw _cursor.Error($"expected a key, found {_cursor.Found()}", "a key is letters, digits, `-` and `_`; put anything else in quotes");
    }

    private TomlValue ReadValue(int depth, TomlKeyPart owner)
    {
        if (depth > TomlDocument.DepthMax)
        {
            throw TooDeep(_cursor.At);
        }

        Count();
        return _cursor.Current switch
        {
            '"' or '\'' => TomlStringReader.Read(_cursor),
            '[' => ReadArray(depth, owner),
            '{' => ReadInlineTable(depth),
            _ => TomlScalarReader.Read(_cursor),
        };
    }

    private TomlArray ReadArray(int depth, TomlKeyPart owner)
    {
        var array = new TomlArray(new(_cursor.At, _cursor.At), isTables: false);
        _cursor.At++;
        _cursor.SkipLines();
        while (!_cursor.Take(']'))
        {
            array.Elements.Add(ReadValue(depth + 1, owner));
            _cursor.SkipLines();
            if (!_cursor.Take(',') && _cursor.Current != ']')
            {
                throw _cursor.Error($"expected `,` or `]` in the array `{Printable.Clip(owner.Name, 40)}`, found {_cursor.Found()}", "separate items by commas and close the array with ]");
            }

            _cursor.SkipLines();
        }

        array.Close(_cursor.At);
        return array;
    }

    private TomlTable ReadInlineTable(int depth)
    {
        var table = new TomlTable(new(_cursor.At, _cursor.At), TomlTableKind.Inline, depth);
        _cursor.At++;
        _cursor.SkipBlanks();
        if (!_cursor.Take('}'))
        {
            do
            {
                ReadAssignment(table);
                _cursor.SkipBlanks();
            }
            while (_cursor.Take(','));
            if (!_cursor.Take('}'))
            {
                throw _cursor.Error($"expected `,` or `}}` in the inline table, found {_cursor.Found()}", "an inline table stays on one line: { a = 1, b = 2 }");
            }
        }

        table.Close(_cursor.At);
        return table;
    }

    private ProblemException Taken(TomlKeyPart part, TomlValue existing)
    {
        var first = TomlPlaces.At(_cursor.Text, file, existing.Span.Start);
        return _cursor.ErrorAt(
            part.Span.Start, $"`{Printable.Clip(part.Name, 80)}` is already defined as {existing.KindName} on line {first.Line}", "keep one of the two");
    }

    private ProblemException TooDeep(int offset) =>
        _cursor.ErrorAt(offset, $"nested deeper than {TomlDocument.DepthMax} levels", "flatten the tables or arrays");
}
