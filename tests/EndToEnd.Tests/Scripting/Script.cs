using System.Collections.Immutable;

namespace Registry.EndToEnd.Tests.Scripting;

/// <summary>One line of a script: a word, its arguments, and whether the opposite is wanted (`! stdout …`).</summary>
internal sealed record ScriptLine(int Number, bool IsNegated, string Word, ImmutableArray<string> Arguments);

/// <summary>
/// A script: lines to run, then files that are there before (`-- path --`). Words stand apart by spaces; `'…'` holds
/// one together, `''` inside is a quote, `#` begins a comment.
/// </summary>
internal sealed record Script(string Name, ImmutableArray<ScriptLine> Lines, ImmutableArray<(string Path, string Text)> Files)
{
    public static Script Parse(string name, string text)
    {
        var lines = ImmutableArray.CreateBuilder<ScriptLine>();
        var files = new List<(string Path, List<string> Lines)>();
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.StartsWith("-- ", StringComparison.Ordinal) && line.EndsWith(" --", StringComparison.Ordinal))
            {
                files.Add((line[3..^3].Trim(), []));
            }
            else if (files.Count > 0)
            {
                files[^1].Lines.Add(line);
            }
            else if (Words(line) is { Length: > 0 } words)
            {
                var isNegated = words[0] == "!";
                lines.Add(new(number, isNegated, words[isNegated ? 1 : 0], words[(isNegated ? 2 : 1)..]));
            }
        }

        return new(name, lines.ToImmutable(), [.. files.Select(file => (file.Path, string.Join('\n', file.Lines)))]);
    }

    private static ImmutableArray<string> Words(string line)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (at < line.Length)
        {
            if (line[at] == ' ')
            {
                at++;
            }
            else if (line[at] == '#')
            {
                break;
            }
            else if (line[at] == '\'')
            {
                words.Add(Quoted(line, ref at));
            }
            else
            {
                var end = line.IndexOf(' ', at);
                end = end < 0 ? line.Length : end;
                words.Add(line[at..end]);
                at = end;
            }
        }

        return words.ToImmutable();
    }

    private static string Quoted(string line, ref int at)
    {
        var text = "";
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '\'')
            {
                text += line[at];
            }
            else if (at + 1 < line.Length && line[at + 1] == '\'')
            {
                text += line[at++];
            }
            else
            {
                at++;
                return text;
            }
        }

        throw new FormatException($"a quote is not closed: {line}");
    }
}
