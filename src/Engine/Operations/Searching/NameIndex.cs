using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Operations.Searching;

/// <summary>A package as a search finds it.</summary>
/// <param name="Latest">The newest version that may be chosen; null when none may.</param>
/// <param name="Registry">The registry that the routes give the name.</param>
public sealed record FoundPackage(
    PackageName Name, SemanticVersion? Latest, string Description, ImmutableArray<string> Keywords, string Registry);

/// <param name="Score">Higher is better; only to be compared within one search.</param>
/// <param name="Matched">Indexes of the characters of the name that matched, ascending, for highlighting.</param>
public sealed record SearchHit(FoundPackage Package, int Score, ImmutableArray<int> Matched);

/// <summary>
/// What a search found: the best hits, and all candidates for the next, longer query. A hit is made when it is first looked at:
/// of hundreds a screen shows a few, and the next key finds others.
/// </summary>
public sealed class SearchHits
{
    private readonly NameIndex _index;
    private readonly long[] _keys;
    private readonly string[] _words;
    private readonly SearchHit?[] _made;

    internal SearchHits(NameIndex index, string query, string[] words, long[] keys, int total, int[]? candidates)
    {
        (_index, Query, _words, _keys, Total, Candidates) = (index, query, words, keys, total, candidates);
        _made = new SearchHit?[keys.Length];
    }

    public string Query { get; }

    /// <summary>How many of the best there are.</summary>
    public int Count => _keys.Length;

    /// <summary>The best first.</summary>
    public SearchHit this[int index] => _made[index] ??= _index.Hit(_keys[index], _words);

    /// <summary>All of the best, best first.</summary>
    public ImmutableArray<SearchHit> Best => [.. Enumerable.Range(0, Count).Select(index => this[index])];

    /// <summary>How many packages match in all.</summary>
    public int Total { get; }

    /// <summary>Everything a longer query can match, which is a little more than what this one does; null for everything.</summary>
    internal int[]? Candidates { get; }
}

/// <summary>
/// All names of the project's feeds, searched as the user types. Each name has a 64-bit set of its characters, so most are
/// passed over by one comparison; keywords and descriptions are only searched for plain substrings. Built once, read by any
/// number of threads. What runs for every name is compiled well the first time: the first keys would else be typed into
/// code that is not yet.
/// </summary>
public sealed class NameIndex
{
    /// <summary>Keeps a candidate below zero whatever else it matches.</summary>
    private const int OutOfSight = -1_000_000;

    private const int OnePassShare = 16;

    // More candidates than one in so many are not worth keeping: looking at all of them again takes no longer.
    private const int NarrowShare = 8;

    private readonly NameStore _store;

    /// <param name="packages">Read once, one after the other, and not kept.</param>
    public NameIndex(IEnumerable<FoundPackage> packages) => _store = NameStore.Of(packages);

    public int Count => _store.Count;

    /// <summary>What it takes, in bytes.</summary>
    public long Bytes => _store.Bytes;

    /// <summary>
    /// Packages that match every word of the query, best first. An empty query matches nothing.
    /// </summary>
    /// <param name="previous">The hits of a query that this one lengthens, to look only among them; any others are ignored.</param>
    public SearchHits Search(string query, int countMax, SearchHits? previous = null)
    {
        var words = Normal(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return new(this, query, [], [], 0, null);
        }

        // A longer query can only lose hits, unless a new word begins: then the old ones still all have to match.
        var narrows = previous is not null && query.StartsWith(previous.Query, StringComparison.Ordinal);
        var candidates = narrows ? previous!.Candidates : null;
        var count = candidates?.Length ?? Count;
        var (ids, scores) = (ArrayPool<int>.Shared.Rent(count), ArrayPool<int>.Shared.Rent(count));
        try
        {
            Begin(candidates, ids.AsSpan(0, count), scores.AsSpan(0, count));
            foreach (var word in words)
            {
                count = ScoreWord(Encoding.UTF8.GetBytes(word), ids.AsSpan(0, count), scores.AsSpan(0, count));
            }

            // One letter is looked for in names alone, so a longer word can match more than it did.
            var isBroad = words.Any(word => word.Length == 1);
            var total = scores.AsSpan(0, count).Length - CountHidden(scores.AsSpan(0, count));
            return new(
                this, query, words, Best(ids.AsSpan(0, count), scores.AsSpan(0, count), Math.Min(total, countMax)), total,
                isBroad || count > Count / NarrowShare ? null : ids.AsSpan(0, count).ToArray());
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ids);
            ArrayPool<int>.Shared.Return(scores);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Begin(int[]? candidates, Span<int> ids, Span<int> scores)
    {
        scores.Clear();
        if (candidates is not null)
        {
            candidates.CopyTo(ids);
            return;
        }

        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = i;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountHidden(ReadOnlySpan<int> scores)
    {
        var hidden = 0;
        foreach (var score in scores)
        {
            hidden += score > 0 ? 0 : 1;
        }

        return hidden;
    }

    /// <summary>Keeps the packages that the word matches, at the front and with its score added.</summary>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScoreWord(byte[] word, Span<int> ids, Span<int> scores)
    {
        var isShort = word.Length == 1;
        // One pass over the whole block of texts finds every hit; unless few are left, faster than one search for each package.
        var inText = ids.Length > Count / OnePassShare && !isShort ? ArrayPool<int>.Shared.Rent(Count) : null;
        if (inText is not null)
        {
            FindInTexts(word, inText.AsSpan(0, Count));
        }

        var characters = NameScore.Characters(word);
        var kept = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            var score = (_store.Characters[id] & characters) == characters ? NameScore.Of(_store.Name(id), word) : 0;
            var textScore = isShort ? 0 : inText is not null ? inText[id] : TextScore(id, word);
            if (Math.Max(score, textScore) is > 0 and var best)
            {
                ids[kept] = id;
                scores[kept++] = best == NameScore.TooFar ? OutOfSight : scores[i] + best + (score > 0 && textScore > 0 ? textScore / 10 : 0);
            }
        }

        if (inText is not null)
        {
            ArrayPool<int>.Shared.Return(inText);
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindInTexts(byte[] word, Span<int> hits)
    {
        hits.Clear();
        var texts = _store.Texts.AsSpan();
        var id = 0;
        for (var at = 0; texts[at..].IndexOf(word) is >= 0 and var next;)
        {
            at += next;
            while (_store.TextEnds[id] <= at)
            {
                id++;
            }

            hits[id] = TextScore(id, at, word);
            at = _store.TextEnds[id];
        }
    }

    /// <param name="at">Where in the block the word is first found in the texts of the package.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TextScore(int id, int at, byte[] word)
    {
        var start = id == 0 ? 0 : _store.TextEnds[id - 1];
        var texts = _store.Texts.AsSpan();
        if (texts[start] == NameStore.StartOfDescription)
        {
            return NameScore.OfDescription(texts[(start + 1)..], at - start - 1);
        }

        var keywords = _store.Keywords(id);
        return at - start < keywords.Length ? TextScore(id, word) : NameScore.OfDescription(_store.Texts.AsSpan(start + keywords.Length + 1), at - start - keywords.Length - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TextScore(int id, byte[] word) =>
        Math.Max(NameScore.OfKeywords(_store.Keywords(id), word), NameScore.OfDescription(_store.Description(id), word));

    internal SearchHit Hit(long key, string[] words)
    {
        var id = (int)(0xFFFFFFF - (key & 0xFFFFFFF));
        return new(_store.Package(id), (int)(key >> 40), NameScore.Matched(_store.Name(id), words));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long[] Best(ReadOnlySpan<int> ids, ReadOnlySpan<int> scores, int countMax)
    {
        var keys = new TopKeys(countMax);
        for (var i = 0; i < ids.Length; i++)
        {
            if (scores[i] > 0)
            {
                keys.Offer(Key(scores[i], ids[i]));
            }
        }

        return keys.Descending();
    }

    /// <summary>Orders by score, then the shorter name, then the name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Key(int score, int id) => ((long)score << 40) | ((long)Math.Max(0, 4095 - _store.Name(id).Length) << 28) | (0xFFFFFFFL - id);

    private static string Normal(string text) => text.ToLowerInvariant().Replace('_', '-').Replace('.', '-').TrimStart('@');
}
