using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>Records of a bundle as the library and feeds keep them: one compact JSON line each, sorted by id, each id once.</summary>
/// <param name="Bytes">The lines with their ends.</param>
/// <param name="Newest">When the last of them was published or changed; null when none says.</param>
/// <param name="Ecosystems">That their entries are about, sorted.</param>
internal sealed record AdvisoryLines(byte[] Bytes, int Records, DateTimeOffset? Newest, ImmutableArray<string> Ecosystems, OsvTally Tally)
{
    /// <summary>Of one source, as lines. All advisories of crates.io take 2 MiB, of PyPI 40.</summary>
    public const int BytesMax = 512 * 1024 * 1024;

    private const int EcosystemsMax = 1_000;

    // The text is written again, never looked into; the relaxed encoder keeps it as long as it was.
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = OsvLimits.JsonDepthMax };

    /// <summary>Of two records with one id the one that was modified last counts.</summary>
    /// <param name="name">For messages.</param>
    public static AdvisoryLines Of(IEnumerable<OsvRecord> records, string name, CancellationToken cancellation)
    {
        var tally = new OsvTally();
        var kept = new SortedDictionary<string, (DateTimeOffset Modified, ReadOnlyMemory<byte> Json)>(StringComparer.Ordinal);
        var ecosystems = new SortedSet<string>(StringComparer.Ordinal);
        DateTimeOffset? newest = null;
        var bytes = 0L;
        foreach (var record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            tally.Add(record);
            if (record.Advisory is not { } advisory || (kept.TryGetValue(advisory.Id, out var before) && before.Modified > advisory.Modified))
            {
                continue;
            }

            newest = Later(newest, Later(advisory.Published, advisory.Modified));
            ecosystems.UnionWith(advisory.Affected.Select(entry => entry.Ecosystem).Where(EcosystemName.IsValid));
            bytes += record.Json.Length + 1;
            kept[advisory.Id] = bytes <= BytesMax ? (advisory.Modified, record.Json) : throw TooMany(name);
        }

        return new(Joined(kept.Values.Select(record => record.Json)), kept.Count, newest, [.. ecosystems.Take(EcosystemsMax)], tally);
    }

    private static byte[] Joined(IEnumerable<ReadOnlyMemory<byte>> records)
    {
        var lines = new ArrayBufferWriter<byte>(64 * 1024);
        foreach (var record in records)
        {
            if (record.Span.IndexOf((byte)'\n') < 0)
            {
                lines.Write(record.Span.Trim(" \t\r"u8));
            }
            else
            {
                // A file of its own may be on many lines.
                using var document = JsonDocument.Parse(record, Bounded);
                using var json = new Utf8JsonWriter(lines, Compact);
                document.WriteTo(json);
            }

            lines.Write("\n"u8);
        }

        return lines.WrittenSpan.ToArray();
    }

    /// <summary>A database that does not say when it changed a record has the first moment there is.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        other is null || other == DateTimeOffset.MinValue || one > other ? one : other;

    private static ProblemException TooMany(string name) => new Problem(
        ProblemCode.AdvisoriesCorrupt, $"the advisories in `{Printable.Clip(name, 200)}` take more than {BytesMax >> 20} MiB",
        "import the part you need, for example one ecosystem").Raise();
}
