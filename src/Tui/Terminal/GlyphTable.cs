using System.Buffers;
using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// Numbers for what a cell shows. One code point is its own number; a cluster of several gets one with the top bit set,
/// and keeps it, so that equal cells are equal numbers. Looking up a known cluster allocates nothing.
/// </summary>
internal sealed class GlyphTable
{
    private const uint ClusterBit = 0x8000_0000;
    private const int MaxClusters = 1 << 15;
    private const int MaxClusterLength = 32;

    private readonly Dictionary<string, uint> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> byText;
    private readonly List<byte[]> clusters = [];

    private LinkTable? links;

    public GlyphTable()
    {
        byText = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What cells lead to; made with the first link.</summary>
    public LinkTable Links => links ??= new LinkTable();

    /// <summary>True for a glyph of several code points: terminals disagree about the width of those.</summary>
    public static bool IsCluster(uint glyph) => (glyph & ClusterBit) != 0;

    /// <summary>The number of a grapheme cluster. Absurdly long ones, and new ones when the table is full, keep only their first code point.</summary>
    public uint Intern(ReadOnlySpan<char> cluster)
    {
        Rune.DecodeFromUtf16(cluster, out var first, out var used);
        if (used == cluster.Length)
        {
            return (uint)first.Value;
        }

        if (byText.TryGetValue(cluster, out var number))
        {
            return number;
        }

        return cluster.Length > MaxClusterLength || clusters.Count >= MaxClusters ? (uint)first.Value : Add(cluster);
    }

    public void WriteUtf8(uint glyph, IBufferWriter<byte> output)
    {
        if (IsCluster(glyph))
        {
            output.Write(clusters[(int)(glyph & ~ClusterBit)]);
            return;
        }

        var span = output.GetSpan(4);
        output.Advance(new Rune(glyph).EncodeToUtf8(span));
    }

    /// <summary>The text of a glyph; for reading frames back, not for drawing.</summary>
    public string TextOf(uint glyph) =>
        IsCluster(glyph) ? Encoding.UTF8.GetString(clusters[(int)(glyph & ~ClusterBit)]) : new Rune(glyph).ToString();

    private uint Add(ReadOnlySpan<char> cluster)
    {
        var number = ClusterBit | (uint)clusters.Count;
        var text = cluster.ToString();
        clusters.Add(Encoding.UTF8.GetBytes(text));
        numbers.Add(text, number);
        return number;
    }
}
