namespace Registry.Engine.Formats.Toml;

/// <summary>Edits of `[[name]]` tables: a new one after those there are, or one of them away.</summary>
internal static class TomlTables
{
    /// <param name="name">A bare key. What is there under it must be `[[name]]` tables, or nothing.</param>
    /// <param name="lines">`key = value`, without line ends.</param>
    public static TomlDocument Append(TomlDocument document, string name, IEnumerable<string> lines)
    {
        var layout = new TomlLayout(document);
        var last = document.Headers.FindLastIndex(header => header.Path[0].Name == name);
        var at = last < 0 ? document.Text.Length : layout.Section(last).End;
        var space = layout.BreakBefore(at) + (at > layout.TextStart && !layout.IsBlankLineBefore(at) ? layout.Newline : "");
        var after = at < document.Text.Length && !layout.IsBlankLineAt(at) ? layout.Newline : "";
        var body = string.Concat(lines.Prepend($"[[{name}]]").Select(line => line + layout.Newline));
        return document.Splice(TomlLayout.At(at), space + body + after);
    }

    /// <param name="table">One that has a header of its own in the document.</param>
    public static TomlDocument Remove(TomlDocument document, TomlTable table)
    {
        var header = document.Headers.FindIndex(header => ReferenceEquals(header.Table, table));
        return document.Splice(new TomlLayout(document).SectionWithSpace(header), "");
    }
}
