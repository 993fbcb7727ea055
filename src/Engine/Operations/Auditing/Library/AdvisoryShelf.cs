using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>
/// Records in files named by their content, and beside each the index that is made of it. An index that is not there,
/// damaged or of another version is made again.
/// </summary>
internal sealed class AdvisoryShelf(string folder)
{
    /// <summary>
    /// What all records of a feed's own advisories are kept under: they are about the packages of that feed, whatever name
    /// its packages have elsewhere. No real ecosystem has a space in front.
    /// </summary>
    public const string OwnEcosystem = " own";

    private const string LinesEnding = ".jsonl";
    private const string IndexEnding = ".index";

    public bool Has(ContentHash content) => File.Exists(LinesFile(content));

    public void Keep(ContentHash content, ReadOnlySpan<byte> lines) => AtomicFile.Write(LinesFile(content), lines, Durability.Synced);

    /// <summary>The index of an imported source: by the ecosystems that its records name.</summary>
    public AdvisoryIndex Index(ContentHash content, CancellationToken cancellation) =>
        Read(content, IndexEnding, static advisory => advisory, cancellation);

    /// <summary>
    /// The index of a feed's own advisories: all under <see cref="OwnEcosystem"/>. Where the feed says which ecosystem it is,
    /// what its records say of other ecosystems is not about its packages.
    /// </summary>
    public AdvisoryIndex OwnIndex(ContentHash content, string? ecosystem, CancellationToken cancellation) => Read(
        content,
        ecosystem is null ? $".own{IndexEnding}" : $".{ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(ecosystem)).Hex[..16]}{IndexEnding}",
        advisory => advisory with
        {
            Affected = [.. advisory.Affected
                .Where(entry => ecosystem is null || string.Equals(entry.Ecosystem, ecosystem, StringComparison.OrdinalIgnoreCase))
                .Select(entry => entry with { Ecosystem = OwnEcosystem })],
        },
        cancellation);

    /// <summary>A whole record; null when it cannot be read.</summary>
    public Advisory? Record(ContentHash content, RecordPlace place)
    {
        if (place.Length is <= 0 or > OsvLimits.RecordBytesMax)
        {
            return null;
        }

        try
        {
            using var file = File.OpenHandle(LinesFile(content));
            var json = new byte[place.Length];
            return RandomAccess.Read(file, json, place.Offset) == json.Length ? OsvReader.TryRead(json, out _) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private AdvisoryIndex Read(ContentHash content, string ending, Func<Advisory, Advisory> shape, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, content.Hex + ending);
        try
        {
            if (File.Exists(file))
            {
                return AdvisoryIndex.Read(File.ReadAllBytes(file), file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ProblemException { Problem.Code: ProblemCode.AdvisoriesCorrupt })
        {
            // Made again below.
        }

        return Make(content, file, shape, cancellation);
    }

    private AdvisoryIndex Make(ContentHash content, string file, Func<Advisory, Advisory> shape, CancellationToken cancellation)
    {
        var lines = Lines(content);
        var builder = new AdvisoryIndexBuilder();
        for (var start = 0; start < lines.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = lines.AsSpan(start).IndexOf((byte)'\n') is var end and >= 0 ? end : lines.Length - start;
            if (length > 0 && OsvReader.TryRead(lines.AsSpan(start, length), out _) is { } advisory)
            {
                builder.Add(shape(advisory), new(start, length));
            }

            start += length + 1;
        }

        var bytes = builder.ToBytes();
        TryWrite(file, bytes);
        return AdvisoryIndex.Read(bytes, file);
    }

    private byte[] Lines(ContentHash content)
    {
        try
        {
            var lines = File.ReadAllBytes(LinesFile(content));
            return ContentHash.Of(lines) == content ? lines : throw Corrupt($"`{LinesFile(content)}` is damaged", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Corrupt($"`{LinesFile(content)}` cannot be read: {Printable.Of(e.Message)}", e);
        }
    }

    // Costs time again the next time, not the answer.
    private static void TryWrite(string file, byte[] bytes)
    {
        try
        {
            AtomicFile.Write(file, bytes, Durability.Fast);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A library that may only be read.
        }
    }

    private static ProblemException Corrupt(string what, Exception? cause) => new Problem(
        ProblemCode.AdvisoriesCorrupt, $"advisories are not to be had: {what}",
        "take them again: `cairn advisories update`, or `cairn advisories import PATH`").Raise(cause);

    private string LinesFile(ContentHash content) => Path.Combine(folder, content.Hex + LinesEnding);
}
