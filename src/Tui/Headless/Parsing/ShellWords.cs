using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Parsing;

/// <summary>Takes a command line that stands in one word apart, as a POSIX shell would without expanding anything.</summary>
internal static class ShellWords
{
    private const int LengthMax = 8_192;

    /// <exception cref="ProblemException">UsageInvalid for a quote that is not closed, and for what is longer than anybody writes.</exception>
    public static ImmutableArray<string> Split(string line)
    {
        if (line.Length > LengthMax)
        {
            throw Wrong(line, "it is too long").Raise();
        }

        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Add(words, word, ref isWord);
            }
            else if ((quote != '\0' && c == quote) || (quote == '\0' && c is '\'' or '"'))
            {
                (quote, isWord) = (quote == '\0' ? c : '\0', true);
            }
            else
            {
                var isEscape = c == '\\' && quote != '\'' && i + 1 < line.Length;
                word.Append(isEscape ? line[++i] : c);
                isWord = true;
            }
        }

        if (quote != '\0')
        {
            throw Wrong(line, "a quote is not closed").Raise();
        }

        Add(words, word, ref isWord);
        return words.ToImmutable();
    }

    private static void Add(ImmutableArray<string>.Builder words, StringBuilder word, ref bool isWord)
    {
        if (isWord)
        {
            words.Add(word.ToString());
            word.Clear();
            isWord = false;
        }
    }

    private static Problem Wrong(string line, string why) =>
        new(ProblemCode.UsageInvalid, $"`{Printable.Clip(line, 60)}` is not a command line: {why}", "write --with 'add NAME@CONSTRAINT', for example");
}
