using System.Buffers;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>
/// Reads the form that <see cref="LockfileText.Write"/> writes, line by line, many times faster than through a TOML
/// document: an install that changes nothing still reads the lockfile. Gives up on anything else, which the TOML
/// document then reads or refuses; a law holds the two to the same answers.
/// </summary>
internal ref struct LockfileScan
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\n !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private readonly ReadOnlySpan<char> _text;
    private int _next;

    private LockfileScan(ReadOnlySpan<char> text) => _text = text;

    /// <returns>Null when the text is not in that form.</returns>
    public static LockfileEntries? Read(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Plain) < 0 ? new LockfileScan(text).Read() : null;

    private LockfileEntries? Read()
    {
        string? root = null;
        var hasVersion = false;
        var settings = new List<string>();
        var packages = new List<LockfileEntry>();
        while (_next < _text.Length)
        {
            var offset = _next;
            var line = TakeLine();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            if (line is "[[packages]]")
            {
                if (TakeEntry(new(offset)) is not { } entry)
                {
                    return null;
                }

                packages.Add(entry);
            }
            else if (packages.Count == 0 && settings.Count == 0 && line is "settings = [")
            {
                if (!TakeItems(settings))
                {
                    return null;
                }
            }
            else if (packages.Count == 0 && !hasVersion && line is "version = 1")
            {
                hasVersion = true;
            }
            else if (packages.Count > 0 || root is not null || (root = Text(line, "root = ")) is null)
            {
                return null;
            }
        }

        return hasVersion && root is not null ? new(root, settings, packages) : null;
    }

    /// <summary>The lines up to the next empty one.</summary>
    private LockfileEntry? TakeEntry(LockfileEntry entry)
    {
        while (_next < _text.Length)
        {
            var line = TakeLine();
            if (line.IsEmpty)
            {
                break;
            }

            if (!TakeKey(entry, line))
            {
                return null;
            }
        }

        return entry;
    }

    private bool TakeKey(LockfileEntry entry, ReadOnlySpan<char> line)
    {
        switch (line)
        {
            case ['n', ..]:
                return entry.Name is null && (entry.Name = Text(line, "name = ")) is not null;
            case ['v', ..]:
                return entry.Version is null && (entry.Version = Text(line, "version = ")) is not null;
            case ['s', ..]:
                return entry.Source is null && (entry.Source = Text(line, "source = ")) is not null;
            case ['c', ..]:
                return entry.Checksum is null && (entry.Checksum = Text(line, "checksum = ")) is not null;
            case ['t', ..]:
                return entry.Tree is null && (entry.Tree = Text(line, "tree = ")) is not null;
            case ['f', ..]:
                return entry.Features.Count == 0 && TakeFeatures(entry, line);
            default:
                return TakeEdges(entry, line);
        }
    }

    private static bool TakeFeatures(LockfileEntry entry, ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("features = [") || line[^1] != ']')
        {
            return false;
        }

        foreach (var part in line[12..^1].Split(", "))
        {
            if (Quoted(line[12..^1][part]) is not { } feature)
            {
                return false;
            }

            entry.Features.Add(feature);
        }

        return true;
    }

    private bool TakeEdges(LockfileEntry entry, ReadOnlySpan<char> line)
    {
        foreach (var (key, group) in LockfileKeys.Edges)
        {
            if (line.StartsWith(key) && line[key.Length..] is " = [")
            {
                return (entry.Edges.Count == 0 || entry.Edges[^1].Group < group) && TakeEdgeLines(entry, group);
            }
        }

        return false;
    }

    private bool TakeEdgeLines(LockfileEntry entry, DependencyGroup group)
    {
        var items = new List<string>();
        if (!TakeItems(items))
        {
            return false;
        }

        entry.Edges.AddRange(items.Select(item => new LockfileEdge(group, item)));
        return true;
    }

    /// <summary>The lines of an array that is not empty, one item a line.</summary>
    private bool TakeItems(List<string> items)
    {
        while (_next < _text.Length)
        {
            var line = TakeLine();
            if (line is "]")
            {
                return items.Count > 0;
            }

            if (!line.StartsWith("    ") || line[^1] != ',' || Quoted(line[4..^1]) is not { } item)
            {
                return false;
            }

            items.Add(item);
        }

        return false;
    }

    private static string? Text(ReadOnlySpan<char> line, string key) => line.StartsWith(key) ? Quoted(line[key.Length..]) : null;

    /// <summary>A basic string without escapes, which <see cref="Plain"/> has no backslash for.</summary>
    private static string? Quoted(ReadOnlySpan<char> text) =>
        text is ['"', .. var inner, '"'] && !inner.Contains('"') ? inner.ToString() : null;

    private ReadOnlySpan<char> TakeLine()
    {
        var rest = _text[_next..];
        var end = rest.IndexOf('\n');
        _next += end < 0 ? rest.Length : end + 1;
        return end < 0 ? rest : rest[..end];
    }
}
