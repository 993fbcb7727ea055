using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Toml;

/// <summary>Turns offsets into lines and columns, when a message needs one.</summary>
internal static class TomlPlaces
{
    public static TextPlace At(string text, string file, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        if (before.StartsWith("\uFEFF"))
        {
            before = before[1..];
        }

        var line = before.Count('\n') + 1;
        var column = 1;
        foreach (var c in before[(before.LastIndexOf('\n') + 1)..])
        {
            column += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return new(file, line, column);
    }
}
