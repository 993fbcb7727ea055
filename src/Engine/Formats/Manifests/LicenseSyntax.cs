namespace Registry.Engine.Formats.Manifests;

/// <summary>Checks that a licence is written as an SPDX expression: `MIT`, `MIT OR (Apache-2.0 WITH LLVM-exception)`. Identifiers are not looked up.</summary>
public static class LicenseSyntax
{
    public const int LengthMax = 256;
    private const int NestingMax = 16;

    public static bool IsWellFormed(string text)
    {
        if (text.Length is 0 or > LengthMax)
        {
            return false;
        }

        var words = text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = 0;
        return TakeExpression(words, ref at, 0) && at == words.Length;
    }

    private static bool TakeExpression(string[] words, ref int at, int depth)
    {
        do
        {
            if (!TakeTerm(words, ref at, depth))
            {
                return false;
            }
        }
        while (TakeWord(words, ref at, "OR") || TakeWord(words, ref at, "AND"));
        return true;
    }

    private static bool TakeTerm(string[] words, ref int at, int depth)
    {
        if (TakeWord(words, ref at, "("))
        {
            return depth < NestingMax && TakeExpression(words, ref at, depth + 1) && TakeWord(words, ref at, ")");
        }

        return TakeIdentifier(words, ref at) && (!TakeWord(words, ref at, "WITH") || TakeIdentifier(words, ref at));
    }

    private static bool TakeIdentifier(string[] words, ref int at)
    {
        if (at >= words.Length || words[at] is "OR" or "AND" or "WITH"
            || !words[at].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '+' or ':'))
        {
            return false;
        }

        at++;
        return true;
    }

    private static bool TakeWord(string[] words, ref int at, string word)
    {
        if (at >= words.Length || words[at] != word)
        {
            return false;
        }

        at++;
        return true;
    }
}
