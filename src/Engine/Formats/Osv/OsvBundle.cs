using System.IO.Compression;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Osv;

public enum OsvBundleForm
{
    /// <summary>One record a line.</summary>
    Lines,

    /// <summary>The same, as gzip.</summary>
    GzipLines,

    /// <summary>A zip of one `.json` file a record, as osv.dev offers it (`all.zip`).</summary>
    Zip,
}

/// <summary>
/// Reads many records, one after the other, while they are asked for. A broken record is left out and says why; a bundle
/// that cannot be unpacked, or unpacks to more than any real one, is <see cref="ProblemCode.AdvisoriesCorrupt"/>.
/// </summary>
public static class OsvBundle
{
    /// <summary>What a file is by its first bytes (four are enough).</summary>
    public static OsvBundleForm FormOf(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK"u8) ? OsvBundleForm.Zip
        : start.StartsWith<byte>([0x1F, 0x8B]) ? OsvBundleForm.GzipLines
        : OsvBundleForm.Lines;

    /// <param name="bytes">Read to its end, or as far as records are asked for; stays open. What is packed must be seekable.</param>
    /// <param name="name">Of the file, for messages.</param>
    public static IEnumerable<OsvRecord> Read(Stream bytes, OsvBundleForm form, string name) => form switch
    {
        OsvBundleForm.Lines => Lines((buffer, from) => bytes.Read(buffer, from, buffer.Length - from), name),
        OsvBundleForm.GzipLines => GzipLines(bytes, name),
        _ => Zip(bytes, name),
    };

    /// <summary>One record a file, as in a folder or a checkout of a database.</summary>
    public static IEnumerable<OsvRecord> Files(IEnumerable<OsvFile> files, string name)
    {
        var budget = new OsvBudget(name);
        foreach (var file in files)
        {
            yield return ReadFile(file, budget);
        }
    }

    private static IEnumerable<OsvRecord> Lines(Func<byte[], int, int> read, string name)
    {
        var lines = new OsvLines(read, new OsvBudget(name));
        while (lines.Next() is { } record)
        {
            yield return record;
        }
    }

    private static IEnumerable<OsvRecord> GzipLines(Stream bytes, string name)
    {
        using var unpacked = new GzipInput(bytes);
        foreach (var record in Lines((buffer, from) => unpacked.Read(buffer.AsSpan(from)), name))
        {
            yield return record;
        }
    }

    private static IEnumerable<OsvRecord> Zip(Stream bytes, string name)
    {
        var budget = new OsvBudget(name);
        using var zip = budget.Guard(() => Opened(bytes));
        foreach (var entry in budget.Guard(() => zip.Entries))
        {
            if (entry.FullName.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                yield return ReadFile(new($"{name}:{entry.FullName}", entry.Open), budget);
            }
        }
    }

    private static ZipArchive Opened(Stream bytes) => new(bytes, ZipArchiveMode.Read, leaveOpen: true);

    private static OsvRecord ReadFile(OsvFile file, OsvBudget budget)
    {
        budget.CountRecord();
        var place = Printable.Clip(file.Name, 200);
        var json = budget.Guard(() =>
        {
            using var stream = file.Open();
            return ReadBounded(stream);
        });
        budget.Take(json.Length);
        return json.Length > OsvLimits.RecordBytesMax ? OsvRecord.TooLong(place) : OsvRecord.Of(place, json);
    }

    /// <summary>All bytes, or one more than a record may have.</summary>
    private static byte[] ReadBounded(Stream stream)
    {
        var buffer = new byte[16 << 10];
        var length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is var read and > 0)
        {
            length += read;
            if (length > OsvLimits.RecordBytesMax)
            {
                break;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(length * 2, OsvLimits.RecordBytesMax + 1));
            }
        }

        return buffer[..length];
    }
}
