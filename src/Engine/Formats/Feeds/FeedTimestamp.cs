using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>A signature line of a note: `— NAME BASE64`, four bytes of key id before the signature. Kept, not yet checked.</summary>
public sealed record NoteSignature(string Name, ImmutableArray<byte> KeyIdAndSignature);

/// <summary>
/// `timestamp.note`: which snapshot is current. A C2SP signed note: text, an empty line, signature lines. An unsigned
/// feed has the text and the empty line only.
/// </summary>
/// <param name="FeedId">Must be the `id` of `registry.json`.</param>
/// <param name="Serial">Grows with every change; equals the number of journal entries.</param>
/// <param name="Expires">Null for `never`, the only value an unsigned feed can mean.</param>
/// <param name="SnapshotSize">Bytes.</param>
/// <param name="JournalRoot">RFC 6962 root over the first <paramref name="Serial"/> journal entries.</param>
/// <param name="RootVersion">Version of the root role; 0 for an unsigned feed.</param>
public sealed record FeedTimestamp(
    string FeedId,
    long Serial,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    ContentHash Snapshot,
    long SnapshotSize,
    ContentHash JournalRoot,
    long RootVersion)
{
    private const string Title = "cairn timestamp v1";
    private const string Never = "never";
    private const string SignatureStart = "— ";
    private const int FieldLines = 7;

    public ImmutableArray<NoteSignature> Signatures { get; init; } = [];

    public static FeedTimestamp Read(ReadOnlySpan<byte> note, string address)
    {
        try
        {
            return note.Length <= FeedLimits.TimestampBytesMax
                ? Parse(Encoding.UTF8.GetString(note))
                : throw new FormatException("it is too large");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new Problem(
                ProblemCode.FeedMalformed, $"`{FeedLayout.Timestamp}` of {address} is damaged: {Printable.Clip(e.Message, 200)}",
                "run the command again; if it stays, tell whoever runs the registry").Raise(e);
        }
    }

    /// <summary>The bytes of the note; signature lines, where there are any, follow the empty line.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder();
        text.Append(Title).Append('\n');
        text.Append("feed ").Append(FeedId).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"serial {Serial}\n");
        text.Append("created ").Append(FeedJson.Time(Created)).Append('\n');
        text.Append("expires ").Append(Expires is { } expires ? FeedJson.Time(expires) : Never).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"snapshot {Snapshot} {SnapshotSize}\n");
        text.Append(CultureInfo.InvariantCulture, $"journal {Serial} {Convert.ToBase64String(Convert.FromHexString(JournalRoot.Hex))}\n");
        text.Append(CultureInfo.InvariantCulture, $"rootversion {RootVersion}\n\n");
        foreach (var signature in Signatures)
        {
            text.Append(SignatureStart).Append(signature.Name).Append(' ').Append(Convert.ToBase64String(signature.KeyIdAndSignature.AsSpan())).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static FeedTimestamp Parse(string note)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || note.Contains('\r', StringComparison.Ordinal))
        {
            throw new FormatException("the empty line after the text is missing");
        }

        var lines = note[..end].Split('\n');
        if (lines.Length < FieldLines + 1 || lines[0] != Title)
        {
            throw new FormatException($"it does not start with `{Title}`");
        }

        var serial = Number(Field(lines, 2, "serial"));
        var snapshot = Field(lines, 5, "snapshot").Split(' ');
        var journal = Field(lines, 6, "journal").Split(' ');
        if (snapshot.Length != 2 || journal.Length != 2 || !ContentHash.TryParse(snapshot[0], out var hash) || Number(journal[0]) != serial)
        {
            throw new FormatException("the snapshot or journal line is malformed");
        }

        return new(
            Field(lines, 1, "feed"), serial, Time(Field(lines, 3, "created")), Expiry(Field(lines, 4, "expires")), hash, Number(snapshot[1]),
            Root(journal[1]), Number(Field(lines, 7, "rootversion")))
        {
            Signatures = ReadSignatures(note[(end + 2)..]),
        };
    }

    private static ImmutableArray<NoteSignature> ReadSignatures(string text)
    {
        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.StartsWith(SignatureStart, StringComparison.Ordinal) ? line[SignatureStart.Length..].Split(' ') : [];
            if (parts.Length != 2 || signatures.Count == FeedLimits.SignaturesMax)
            {
                throw new FormatException("a signature line is malformed");
            }

            signatures.Add(new(parts[0], [.. Convert.FromBase64String(parts[1])]));
        }

        return signatures.ToImmutable();
    }

    private static string Field(string[] lines, int line, string name) =>
        lines[line].StartsWith(name + " ", StringComparison.Ordinal)
            ? lines[line][(name.Length + 1)..]
            : throw new FormatException($"line {line + 1} is not `{name} …`");

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ContentHash Root(string base64) =>
        Convert.FromBase64String(base64) is { Length: 32 } root ? ContentHash.FromDigest(root) : throw new FormatException("the journal root is not 32 bytes");

    private static DateTimeOffset? Expiry(string text) => text == Never ? null : Time(text);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FormatException($"`{text}` is not a time");
}
