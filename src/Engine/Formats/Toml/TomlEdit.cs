using System.Collections.Immutable;

namespace Registry.Engine.Formats.Toml;

/// <summary>Finds out which stretch of the text an edit has to touch, and touches only that.</summary>
internal sealed class TomlEdit(TomlDocument document, ImmutableArray<string> tableOrder, TomlKeyOrder keyOrder)
{
    private readonly TomlLayout _layout = new(document);

    public TomlDocument Set(ImmutableArray<string> path, TomlLiteral value)
    {
        if (document.Find(path.AsSpan()) is not { } existing)
        {
            return Insert(path, value);
        }

        return existing is TomlTable { Kind: not TomlTableKind.Inline } or TomlArray { IsTables: true }
            ? new TomlEdit(Remove(path), tableOrder, keyOrder).Insert(path, value)
            : document.Splice(existing.Span, value.In(existing));
    }

    /// <summary>Takes away one definition after the other, the last in the text first, so that each step is a valid document.</summary>
    public TomlDocument Remove(ImmutableArray<string> path)
    {
        var current = document;
        while (current.Find(path.AsSpan()) is not null)
        {
            current = new TomlEdit(current, tableOrder, keyOrder).RemoveLast(path);
        }

        return current;
    }

    private TomlDocument RemoveLast(ImmutableArray<string> path)
    {
        var header = document.Headers.FindLastIndex(h => TomlLayout.Follows(h.Path, path));
        if (header >= 0)
        {
            return document.Splice(_layout.SectionWithSpace(header), "");
        }

        var (host, hostPath) = Host(path);
        var below = path.AsSpan()[hostPath..].ToImmutableArray();
        var index = host.Assignments.FindLastIndex(assignment => TomlLayout.Follows(assignment.Path, below));
        return host.Kind == TomlTableKind.Inline
            ? document.Splice(TomlLayout.InlineItem(host, index), "")
            : document.Splice(_layout.Lines(host.Assignments[index]), "");
    }

    /// <summary>The table whose lines (or inline entries) define a path, and how many keys lead to that table.</summary>
    private (TomlTable Table, int Depth) Host(ImmutableArray<string> path)
    {
        var (host, depth) = (document.Root, 0);
        TomlTable? table = document.Root;
        for (var i = 0; i < path.Length && table is not null; i++)
        {
            if (table.Kind is TomlTableKind.Root or TomlTableKind.Header or TomlTableKind.Inline)
            {
                (host, depth) = (table, i);
            }

            table = table[path[i]] as TomlTable;
        }

        return (host, depth);
    }

    private TomlDocument Insert(ImmutableArray<string> path, TomlLiteral value)
    {
        var (table, depth) = Deepest(path);
        var rest = path.Length - depth;
        return table.Kind switch
        {
            TomlTableKind.Inline => AppendInline(table, path[depth..], value),
            TomlTableKind.Dotted => InsertBeside(path, depth, value),
            TomlTableKind.Root or TomlTableKind.Header when rest == 1 => InsertLine(table, path[^1], value),
            _ => InsertTable(path, value),
        };
    }

    private (TomlTable Table, int Depth) Deepest(ImmutableArray<string> path)
    {
        var (table, depth) = (document.Root, 0);
        while (depth < path.Length - 1 && table[path[depth]] is { } next)
        {
            table = next as TomlTable ?? throw new ArgumentException($"`{path[depth]}` is {next.KindName}, not a table");
            depth++;
        }

        return (table, depth);
    }

    private TomlDocument AppendInline(TomlTable table, ImmutableArray<string> keys, TomlLiteral value)
    {
        var entry = $"{string.Join('.', keys.Select(TomlLiteral.Key))} = {value.Text}";
        return table.Assignments.Count > 0
            ? document.Splice(TomlLayout.At(table.Assignments[^1].End), $", {entry}")
            : document.Splice(TomlLayout.At(table.Span.Start + 1), table.Span.Length == 2 ? $" {entry} " : $" {entry}");
    }

    /// <summary>Adds to a table that dotted keys made: after the last of them, with the same beginning.</summary>
    private TomlDocument InsertBeside(ImmutableArray<string> path, int depth, TomlLiteral value)
    {
        var (host, hostDepth) = Host(path);
        var shared = path.AsSpan()[hostDepth..depth].ToImmutableArray();
        var last = host.Assignments.FindLast(assignment => TomlLayout.Follows(assignment.Path, shared))!;
        var prefix = document.Text[last.Start..last.Path[shared.Length - 1].Span.End];
        var entry = $"{prefix}.{string.Join('.', path.Skip(depth).Select(TomlLiteral.Key))} = {value.Text}";
        return host.Kind == TomlTableKind.Inline
            ? document.Splice(TomlLayout.At(last.End), $", {entry}")
            : InsertAfter(last, entry);
    }

    private TomlDocument InsertLine(TomlTable table, string key, TomlLiteral value)
    {
        var assignments = table.Assignments;
        if (assignments.Count == 0)
        {
            return InsertFirstLine(table, $"{TomlLiteral.Key(key)} = {value.Text}");
        }

        var sibling = assignments[^1];
        var entry = $"{TomlLiteral.Key(key)}{_layout.Equals(sibling)}{value.Text}";
        var at = keyOrder == TomlKeyOrder.KeepSorted && IsSorted(assignments) ? assignments.FindLastIndex(a => string.CompareOrdinal(a.Path[0].Name, key) < 0) : assignments.Count - 1;
        return at >= 0
            ? InsertAfter(assignments[at], entry)
            : document.Splice(
                TomlLayout.At(_layout.LeadingStart(assignments[0])), _layout.Indent(assignments[0]) + entry + _layout.Newline);
    }

    private TomlDocument InsertFirstLine(TomlTable table, string entry)
    {
        if (table.Kind == TomlTableKind.Root)
        {
            var end = document.Headers.Count > 0 ? _layout.LeadingStart(document.Headers[0]) : document.Text.Length;
            var space = document.Headers.Count > 0 ? _layout.Newline : "";
            return document.Splice(TomlLayout.At(end), _layout.BreakBefore(end) + entry + _layout.Newline + space);
        }

        var line = _layout.LineEnd(table.Span.End);
        return document.Splice(TomlLayout.At(line), _layout.BreakBefore(line) + _layout.Indent(table.Span.Start) + entry + _layout.Newline);
    }

    private TomlDocument InsertAfter(TomlAssignment assignment, string entry)
    {
        var line = _layout.LineEnd(assignment.End);
        var (before, after) = _layout.BreakBefore(line) is { Length: > 0 } newline ? (newline, "") : ("", _layout.Newline);
        return document.Splice(TomlLayout.At(line), before + _layout.Indent(assignment) + entry + after);
    }

    private static bool IsSorted(List<TomlAssignment> assignments)
    {
        for (var i = 1; i < assignments.Count; i++)
        {
            if (string.CompareOrdinal(assignments[i - 1].Path[0].Name, assignments[i].Path[0].Name) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes the table of the path's last key, with that key in it.</summary>
    private TomlDocument InsertTable(ImmutableArray<string> path, TomlLiteral value)
    {
        var table = path[..^1];
        var body = $"[{string.Join('.', table.Select(TomlLiteral.Key))}]{_layout.Newline}{TomlLiteral.Key(path[^1])} = {value.Text}{_layout.Newline}";
        var at = PlaceForTable(table);
        var before = at > _layout.TextStart && !_layout.IsBlankLineBefore(at) ? _layout.Newline : "";
        var after = at < document.Text.Length && !_layout.IsBlankLineAt(at) ? _layout.Newline : "";
        return document.Splice(TomlLayout.At(at), _layout.BreakBefore(at) + before + body + after);
    }

    /// <summary>Before its first subtable; after the tables it belongs to; among the top-level tables by the usual order; at the end.</summary>
    private int PlaceForTable(ImmutableArray<string> table)
    {
        var subtable = document.Headers.FindIndex(header => TomlLayout.Follows(header.Path, table));
        if (subtable >= 0)
        {
            return _layout.LeadingStart(document.Headers[subtable]);
        }

        for (var length = table.Length - 1; length > 0; length--)
        {
            var family = document.Headers.FindLastIndex(header => TomlLayout.Follows(header.Path, table[..length]));
            if (family >= 0)
            {
                return PlaceAfter(family);
            }
        }

        var rank = tableOrder.IndexOf(table[0]);
        var next = rank < 0 ? -1 : document.Headers.FindIndex(header => tableOrder.IndexOf(header.Path[0].Name) > rank);
        return next < 0 ? document.Text.Length : _layout.LeadingStart(document.Headers[next]);
    }

    private int PlaceAfter(int header) =>
        header + 1 < document.Headers.Count ? _layout.LeadingStart(document.Headers[header + 1]) : document.Text.Length;
}
