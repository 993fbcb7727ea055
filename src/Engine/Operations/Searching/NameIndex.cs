using System.Collections.Immutable;
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

/// <summary>What a search found: the best hits, and all candidates for the next, longer query.</summary>
public sealed class SearchHits
{
    internal SearchHits(string query, ImmutableArray<SearchHit> best, int total, int[]? candidates) =>
        (Query, Best, Total, Candidates) = (query, best, total, candidates);

    public string Query { get; }

    /// <summary>Best first.</summary>
    public ImmutableArray<SearchHit> Best { get; }

    /// <summary>How many packages match in all.</summary>
    public int Total { get; }

    /// <summary>Everything a longer query can match, which is a little more than what this one does; null for everything.</summary>
    internal int[]? Candidates { get; }
}

/// <summary>
/// All names of the project's feeds, searched as the user types. Names lie in one block of bytes with a 64-bit set of
/// characters each, so most are passed over by one comparison; keywords and descriptions lie in a second block that is
/// only searched for plain substrings. Built once, read by any number of threads.
/// </summary>
public sealed class NameIndex
{
    /// <summary>Keeps a candidate below zero whatever else it matches.</summary>
    private const int OutOfSight = -1_000_000;

    private readonly ImmutableArray<FoundPackage> _packages;
    private readonly byte[] _names;
    private readonly int[] _nameEnds;
    private readonly ulong[] _characters;
    private readonly byte[] _texts;
    private readonly int[] _textEnds;
    private readonly int[] _descriptionStarts;

    public NameIndex(IEnumerable<FoundPackage> packages)
    {
        _packages = [.. packages.OrderBy(package => package.Name)];
        var names = new ByteBlock(_packages.Length * 16);
        var texts = new ByteBlock(_packages.Length * 64);
        (_nameEnds, _textEnds) = (new int[_packages.Length], new int[_packages.Length]);
        (_characters, _descriptionStarts) = (new ulong[_packages.Length], new int[_packages.Length]);
        for (var i = 0; i < _packages.Length; i++)
        {
            names.Append(_packages[i].Name.Normal);
            _nameEnds[i] = names.Length;
            _characters[i] = NameScore.Characters(names.From(i == 0 ? 0 : _nameEnds[i - 1]));
            foreach (var keyword in _packages[i].Keywords)
            {
                texts.Append(keyword.ToLowerInvariant());
                texts.Append("\n");
            }

            _descriptionStarts[i] = texts.Length;
            texts.Append(_packages[i].Description.ToLowerInvariant());
            texts.Append("\n");
            _textEnds[i] = texts.Length;
        }

        (_names, _texts) = (names.ToArray(), texts.ToArray());
    }

    public int Count => _packages.Length;

    /// <summary>Names that start so, in order; for completion.</summary>
    public IEnumerable<PackageName> StartingWith(string prefix)
    {
        var wanted = Encoding.UTF8.GetBytes(Normal(prefix));
        for (var i = 0; i < Count; i++)
        {
            if (Name(i).StartsWith(wanted))
            {
                yield return _packages[i].Name;
            }
        }
    }

    /// <summary>
    /// Packages that match every word of the query, best first. An empty query matches nothing.
    /// </summary>
    /// <param name="previous">The hits of a query that this one lengthens, to look only among them; any others are ignored.</param>
    public SearchHits Search(string query, int countMax, SearchHits? previous = null)
    {
        var words = Normal(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return new(query, [], 0, null);
        }

        // A longer query can only lose hits, unless a new word begins: then the old ones still all have to match.
        var narrows = previous is not null && query.StartsWith(previous.Query, StringComparison.Ordinal);
        var candidates = narrows ? previous!.Candidates : null;
        var scores = Score(words, candidates, out var matching);
        // One letter is looked for in names alone, so a longer word can match more than it did.
        var isBroad = words.Any(word => word.Length == 1);
        return new(query, Best(words, matching, scores, countMax), scores.Count(score => score > 0), isBroad ? null : matching);
    }

    private int[] Score(string[] words, int[]? candidates, out int[] matching)
    {
        var ids = candidates ?? Enumerable.Range(0, Count).ToArray();
        var scores = new int[ids.Length];
        foreach (var word in words)
        {
            (ids, scores) = ScoreWord(Encoding.UTF8.GetBytes(word), ids, scores);
        }

        matching = ids;
        return scores;
    }

    private (int[] Ids, int[] Scores) ScoreWord(byte[] word, int[] ids, int[] before)
    {
        var characters = NameScore.Characters(word);
        var inText = ids.Length == Count && word.Length > 1 ? TextHits(word) : null;
        var (kept, scores) = (new List<int>(ids.Length / 4), new List<int>(ids.Length / 4));
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            var score = (_characters[id] & characters) == characters ? NameScore.Of(Name(id), word) : 0;
            var textScore = word.Length == 1 ? 0 : inText is not null ? inText[id] : TextScore(id, word);
            if (Math.Max(score, textScore) is > 0 and var best)
            {
                kept.Add(id);
                scores.Add(best == NameScore.TooFar ? OutOfSight : before[i] + best + (score > 0 && textScore > 0 ? textScore / 10 : 0));
            }
        }

        return ([.. kept], [.. scores]);
    }

    /// <summary>One pass over the whole block of texts finds every hit; faster than one search for each package.</summary>
    private int[] TextHits(byte[] word)
    {
        var hits = new int[Count];
        var at = 0;
        while (_texts.AsSpan(at).IndexOf(word) is >= 0 and var next)
        {
            at += next;
            var id = Array.BinarySearch(_textEnds, at + 1);
            id = id < 0 ? ~id : id;
            hits[id] = TextScore(id, word);
            at = _textEnds[id];
        }

        return hits;
    }

    private int TextScore(int id, byte[] word)
    {
        var start = id == 0 ? 0 : _textEnds[id - 1];
        var keywords = _texts.AsSpan(start, _descriptionStarts[id] - start);
        var description = _texts.AsSpan(_descriptionStarts[id], _textEnds[id] - _descriptionStarts[id]);
        return Math.Max(NameScore.OfKeywords(keywords, word), NameScore.OfDescription(description, word));
    }

    private ImmutableArray<SearchHit> Best(string[] words, int[] ids, int[] scores, int countMax)
    {
        var keys = new long[Math.Min(ids.Length, countMax)];
        var count = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            count = scores[i] > 0 ? Insert(keys, count, Key(scores[i], ids[i])) : count;
        }

        var best = ImmutableArray.CreateBuilder<SearchHit>(count);
        foreach (var key in keys.AsSpan(0, count))
        {
            var id = (int)(0xFFFFFFF - (key & 0xFFFFFFF));
            best.Add(new(_packages[id], (int)(key >> 40), NameScore.Matched(Name(id), words)));
        }

        return best.ToImmutable();
    }

    /// <summary>Orders by score, then the shorter name, then the name.</summary>
    private long Key(int score, int id) => ((long)score << 40) | ((long)Math.Max(0, 4095 - Name(id).Length) << 28) | (0xFFFFFFFL - id);

    /// <summary>Into keys in descending order, of which the least falls out.</summary>
    private static int Insert(long[] keys, int count, long key)
    {
        if (count == keys.Length && (count == 0 || key <= keys[^1]))
        {
            return count;
        }

        var at = count < keys.Length ? count : count - 1;
        while (at > 0 && keys[at - 1] < key)
        {
            keys[at] = keys[at - 1];
            at--;
        }

        keys[at] = key;
        return Math.Min(count + 1, keys.Length);
    }

    private ReadOnlySpan<byte> Name(int id) => _names.AsSpan(id == 0 ? 0 : _nameEnds[id - 1], _nameEnds[id] - (id == 0 ? 0 : _nameEnds[id - 1]));

    private static string Normal(string text) => text.ToLowerInvariant().Replace('_', '-').Replace('.', '-').TrimStart('@');

    /// <summary>Bytes that grow at the end.</summary>
    private sealed class ByteBlock(int capacity)
    {
        private byte[] _bytes = new byte[Math.Max(16, capacity)];

        public int Length { get; private set; }

        public void Append(string text)
        {
            var need = Length + Encoding.UTF8.GetMaxByteCount(text.Length);
            if (need > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(need, _bytes.Length * 2));
            }

            Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        }

        public ReadOnlySpan<byte> From(int start) => _bytes.AsSpan(start, Length - start);

        public byte[] ToArray() => _bytes[..Length];
    }
}
