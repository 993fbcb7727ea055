namespace Registry.Tui.Headless.Output;

/// <summary>Breaks text at spaces.</summary>
internal static class Wrapping
{
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    /// <summary>At most so many characters, the last an ellipsis where something was left out.</summary>
    public static string Clip(string text, int width) =>
        text.Length <= width ? text : width < 2 ? "" : string.Concat(text.AsSpan(0, width - 1), "…");
}
