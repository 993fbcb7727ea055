using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Operations.Searching;

/// <summary>
/// The packages of a <see cref="NameIndex"/> in blocks of bytes: no object and no string for each, because a feed has
/// hundreds of thousands. Names lie in one block in their normal form; keywords and descriptions in another, in lower case
/// with a bit for each letter that was a capital; spelling, version and registry in a third. In order of the normal form.
/// </summary>
internal sealed class NameStore
{
    /// <summary>Between keywords, and after the description.</summary>
    private const byte EndOfText = (byte)'\n';

    /// <summary>Before the description. Control characters of packages are not kept, so nothing else is one.</summary>
    public const byte StartOfDescription = 1;

    private readonly byte[] _facts;
    private readonly int[] _factEnds;
    private readonly ulong[] _capitals;
    private readonly string[] _registries;

    private NameStore(Builder builder)
    {
        Count = builder.Count;
        Names = builder.Names.ToArray();
        NameEnds = [.. builder.NameEnds];
        Texts = builder.Texts.ToArray();
        TextEnds = [.. builder.TextEnds];
        _facts = builder.Facts.ToArray();
        _factEnds = [.. builder.FactEnds];
        _capitals = builder.Capitals.ToArray((Texts.Length + 63) / 64);
        _registries = [.. builder.Registries];
        Characters = new ulong[Count];
        for (var i = 0; i < Count; i++)
        {
            Characters[i] = NameScore.Characters(Name(i));
        }
    }

    public int Count { get; }

    public byte[] Names { get; }

    public int[] NameEnds { get; }

    /// <summary>Which characters a name has, by <see cref="NameScore.Characters"/>.</summary>
    public ulong[] Characters { get; }

    public byte[] Texts { get; }

    public int[] TextEnds { get; }

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => Names.Length + Texts.Length + _facts.Length + (4L * (NameEnds.Length + TextEnds.Length + _factEnds.Length))
        + (8L * (Characters.Length + _capitals.Length));

    /// <summary>Reads the packages once, one after the other.</summary>
    public static NameStore Of(IEnumerable<FoundPackage> packages)
    {
        var builder = new Builder();
        foreach (var package in packages)
        {
            builder.Add(package);
        }

        var store = new NameStore(builder);
        return builder.IsSorted ? store : store.Sorted();
    }

    public ReadOnlySpan<byte> Name(int id) => Slice(Names, NameEnds, id);

    /// <summary>Keywords, each with an end of line after it.</summary>
    public ReadOnlySpan<byte> Keywords(int id)
    {
        var text = Slice(Texts, TextEnds, id);
        return text[..text.IndexOf(StartOfDescription)];
    }

    public ReadOnlySpan<byte> Description(int id)
    {
        var text = Slice(Texts, TextEnds, id);
        return text[(text.IndexOf(StartOfDescription) + 1)..^1];
    }

    /// <summary>The package as it was given; control characters in its texts are spaces.</summary>
    public FoundPackage Package(int id)
    {
        var facts = Slice(_facts, _factEnds, id);
        var version = facts[(2 + facts[2..].IndexOf((byte)0) + 1)..];
        var spelling = facts[2..^(version.Length + 1)];
        var start = Start(TextEnds, id);
        var keywords = Keywords(id);
        return new(
            PackageName.Parse(Encoding.UTF8.GetString(spelling.IsEmpty ? Name(id) : spelling)),
            version.IsEmpty ? null : SemanticVersion.Parse(Encoding.UTF8.GetString(version)),
            Spelled(start + keywords.Length + 1, Description(id).Length),
            KeywordTexts(start, keywords),
            _registries[facts[0] | (facts[1] << 8)]);
    }

    private ImmutableArray<string> KeywordTexts(int start, ReadOnlySpan<byte> keywords)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < keywords.Length;)
        {
            var length = keywords[at..].IndexOf(EndOfText);
            texts.Add(Spelled(start + at, length));
            at += length + 1;
        }

        return texts.ToImmutable();
    }

    private string Spelled(int start, int length)
    {
        var text = new StringBuilder(length);
        for (var at = start; at < start + length;)
        {
            Rune.DecodeFromUtf8(Texts.AsSpan(at, start + length - at), out var rune, out var used);
            text.Append((_capitals[at / 64] >> (at % 64) & 1) != 0 ? Rune.ToUpperInvariant(rune).ToString() : rune.ToString());
            at += used;
        }

        return text.ToString();
    }

    // Several feeds, or one whose list is not in order.
    private NameStore Sorted()
    {
        var order = Enumerable.Range(0, Count).ToArray();
        Array.Sort(order, (a, b) => Name(a).SequenceCompareTo(Name(b)) is not 0 and var compared ? compared : a - b);
        var builder = new Builder();
        foreach (var id in order)
        {
            builder.Add(Package(id));
        }

        return new(builder);
    }

    private static ReadOnlySpan<byte> Slice(byte[] block, int[] ends, int id) => block.AsSpan(Start(ends, id), ends[id] - Start(ends, id));

    private static int Start(int[] ends, int id) => id == 0 ? 0 : ends[id - 1];

    private sealed class Builder
    {
        private string _last = "";

        public int Count => NameEnds.Count;

        public bool IsSorted { get; private set; } = true;

        public ByteBlock Names { get; } = new();

        public List<int> NameEnds { get; } = [];

        public ByteBlock Texts { get; } = new();

        public List<int> TextEnds { get; } = [];

        public ByteBlock Facts { get; } = new();

        public List<int> FactEnds { get; } = [];

        public BitBlock Capitals { get; } = new();

        public List<string> Registries { get; } = [];

        public void Add(FoundPackage package)
        {
            IsSorted &= string.CompareOrdinal(_last, package.Name.Normal) <= 0;
            _last = package.Name.Normal;
            Names.Append(package.Name.Normal);
            NameEnds.Add(Names.Length);
            foreach (var keyword in package.Keywords)
            {
                Append(keyword);
                Texts.Append(EndOfText);
            }

            Texts.Append(StartOfDescription);
            Append(package.Description);
            Texts.Append(EndOfText);
            TextEnds.Add(Texts.Length);
            var registry = Registry(package.Registry);
            Facts.Append((byte)registry);
            Facts.Append((byte)(registry >> 8));
            Facts.Append(package.Name.Value == package.Name.Normal ? "" : package.Name.Value);
            Facts.Append(0);
            Facts.Append(package.Latest?.ToString() ?? "");
            FactEnds.Add(Facts.Length);
        }

        private int Registry(string name)
        {
            var at = Registries.LastIndexOf(name);
            if (at < 0)
            {
                at = Registries.Count;
                Registries.Add(name);
            }

            return at;
        }

        private void Append(string text)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                var lower = Rune.ToLowerInvariant(rune);
                var isCapital = lower != rune && Rune.ToUpperInvariant(lower) == rune;
                if (isCapital)
                {
                    Capitals.Set(Texts.Length);
                }

                Texts.Append(Rune.IsControl(rune) ? new Rune(' ') : isCapital ? lower : rune);
            }
        }
    }

    /// <summary>Bytes that grow at the end.</summary>
    private sealed class ByteBlock
    {
        private byte[] _bytes = new byte[1 << 16];

        public int Length { get; private set; }

        public void Append(byte value)
        {
            Room(1)[0] = value;
            Length++;
        }

        public void Append(string text)
        {
            var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
            Length += Encoding.UTF8.GetBytes(text, room);
        }

        public void Append(Rune rune)
        {
            if (rune.IsAscii)
            {
                Append((byte)rune.Value);
                return;
            }

            Length += rune.EncodeToUtf8(Room(4));
        }

        public byte[] ToArray() => _bytes[..Length];

        private Span<byte> Room(int length)
        {
            if (Length + length > _bytes.Length)
            {
                // Half as much again: what is thrown away is a burden on a small process.
                Array.Resize(ref _bytes, Math.Max(Length + length, _bytes.Length + (_bytes.Length / 2)));
            }

            return _bytes.AsSpan(Length);
        }
    }

    private sealed class BitBlock
    {
        private ulong[] _words = new ulong[1 << 10];

        public void Set(int at)
        {
            if (at / 64 >= _words.Length)
            {
                Array.Resize(ref _words, Math.Max((at / 64) + 1, _words.Length + (_words.Length / 2)));
            }

            _words[at / 64] |= 1UL << (at % 64);
        }

        public ulong[] ToArray(int length)
        {
            var words = new ulong[length];
            _words.AsSpan(0, Math.Min(length, _words.Length)).CopyTo(words);
            return words;
        }
    }
}
