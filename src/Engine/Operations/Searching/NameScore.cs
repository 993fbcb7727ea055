using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Registry.Engine.Operations.Searching;

/// <summary>How well a word matches a name, its keywords or its description. All bytes are lower-case UTF-8.</summary>
internal static class NameScore
{
    private const int Exact = 1000;
    private const int Prefix = 800;
    private const int WordStart = 600;
    private const int Inside = 400;
    private const int Scattered = 300;
    private const int Keyword = 250;
    private const int InKeyword = 150;
    private const int InDescription = 120;
    private const int PartOfDescription = 60;

    /// <summary>The characters are there in order, but so far apart that nobody means it; a longer word may still.</summary>
    public const int TooFar = 1;

    /// <summary>A scattered match may stretch over so many times the word's length.</summary>
    private const int StretchMax = 4;

    /// <summary>Which characters occur; a name can only match a word whose set it contains.</summary>
    public static ulong Characters(ReadOnlySpan<byte> text)
    {
        var set = 0UL;
        foreach (var c in text)
        {
            set |= 1UL << (c is >= (byte)'a' and <= (byte)'z' ? c - 'a' : c is >= (byte)'0' and <= (byte)'9' ? 26 + c - '0' : c == '-' ? 36 : c == '/' ? 37 : 38 + (c % 26));
        }

        return set;
    }

    /// <returns>0 for no match.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        var at = name.IndexOf(word);
        if (at < 0)
        {
            return word.Length >= 2 ? ScatteredScore(name, word) : 0;
        }

        if (at == 0)
        {
            return word.Length == name.Length ? Exact : Prefix + Closeness(name, word) + (IsDivider(name[word.Length]) ? 50 : 0);
        }

        for (var next = at; next >= 0; next = Next(name, word, next))
        {
            if (IsDivider(name[next - 1]))
            {
                var isWhole = next + word.Length == name.Length || IsDivider(name[next + word.Length]);
                return WordStart + Closeness(name, word) + (isWhole ? 50 : 0);
            }
        }

        return Inside + Closeness(name, word);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int OfKeywords(ReadOnlySpan<byte> keywords, ReadOnlySpan<byte> word)
    {
        var best = 0;
        foreach (var range in keywords.Split((byte)'\n'))
        {
            var keyword = keywords[range];
            best = Math.Max(best, keyword.SequenceEqual(word) ? Keyword : keyword.IndexOf(word) >= 0 ? InKeyword : 0);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int OfDescription(ReadOnlySpan<byte> description, ReadOnlySpan<byte> word)
    {
        var at = description.IndexOf(word);
        return at < 0 ? 0 : OfDescription(description, at);
    }

    /// <param name="at">Where the word is.</param>
    public static int OfDescription(ReadOnlySpan<byte> description, int at) =>
        at == 0 || !char.IsAsciiLetterOrDigit((char)description[at - 1]) ? InDescription : PartOfDescription;

    /// <summary>The characters of a name that the words matched, as far as they did in the name.</summary>
    public static ImmutableArray<int> Matched(ReadOnlySpan<byte> name, string[] words)
    {
        Span<bool> matched = stackalloc bool[name.Length];
        foreach (var text in words)
        {
            ReadOnlySpan<byte> word = Encoding.UTF8.GetBytes(text);
            if (name.IndexOf(word) is >= 0 and var at)
            {
                matched.Slice(at, word.Length).Fill(true);
            }
            else if (word.Length >= 2 && ScatteredScore(name, word) > TooFar)
            {
                var from = ScatteredStart(name[..ScatteredEnd(name, word)], word);
                foreach (var c in word)
                {
                    from += name[from..].IndexOf(c);
                    matched[from++] = true;
                }
            }
        }

        return Indexes(matched);
    }

    private static ImmutableArray<int> Indexes(ReadOnlySpan<bool> matched)
    {
        var indexes = ImmutableArray.CreateBuilder<int>(matched.Count(true));
        for (var i = 0; i < matched.Length; i++)
        {
            if (matched[i])
            {
                indexes.Add(i);
            }
        }

        return indexes.MoveToImmutable();
    }

    /// <summary>A match in little more than the word itself is nearer: up to 40.</summary>
    private static int Closeness(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word) => 40 * word.Length / name.Length;

    private static int Next(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word, int at) =>
        name[(at + 1)..].IndexOf(word) is >= 0 and var next ? at + 1 + next : -1;

    /// <summary>The word's characters in order with others between, as in `srdjs` for serde-json.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ScatteredScore(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        var end = ScatteredEnd(name, word);
        if (end == 0)
        {
            return 0;
        }

        var start = ScatteredStart(name[..end], word);
        var length = end - start;
        if (length > word.Length * StretchMax)
        {
            return TooFar;
        }

        var (at, bonus) = (start, 0);
        for (var i = 0; i < word.Length; i++)
        {
            var found = at;
            while (name[found] != word[i])
            {
                found++;
            }

            bonus += found == 0 || IsDivider(name[found - 1]) ? 12 : i > 0 && found == at ? 8 : 0;
            at = found + 1;
        }

        return Math.Max(2, Math.Min(Scattered, 40 + (bonus * 100 / (word.Length * 6)) - (length - word.Length)));
    }

    /// <summary>
    /// Behind the first place where all characters were there in order; 0 when they are not. Names are short: a plain loop
    /// is done before a vector search has begun.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ScatteredEnd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        var (found, wanted) = (0, word[0]);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != wanted)
            {
                continue;
            }

            if (++found == word.Length)
            {
                return i + 1;
            }

            wanted = word[found];
        }

        return 0;
    }

    /// <summary>Where the tightest run that ends where the name does begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ScatteredStart(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        var left = word.Length - 1;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            if (name[i] == word[left] && left-- == 0)
            {
                return i;
            }
        }

        return 0;
    }

    private static bool IsDivider(byte c) => c is (byte)'-' or (byte)'/';
}
