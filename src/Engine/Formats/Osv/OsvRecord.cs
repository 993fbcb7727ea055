using System.Collections.Immutable;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Formats.Osv;

/// <summary>One record of a bundle: read, or left out.</summary>
/// <param name="Place">The line or the entry of the bundle, for messages: `crates.jsonl:17`.</param>
/// <param name="Json">The record's bytes as they came; empty when it was too long to be kept.</param>
/// <param name="Advisory">Null when it was left out.</param>
/// <param name="Skipped">Why it was left out; else null.</param>
public sealed record OsvRecord(string Place, ReadOnlyMemory<byte> Json, Advisory? Advisory, string? Skipped)
{
    internal static OsvRecord Of(string place, ReadOnlyMemory<byte> json) =>
        OsvReader.TryRead(json.Span, out var why) is { } advisory ? new(place, json, advisory, null) : new(place, json, null, why);

    internal static OsvRecord TooLong(string place) =>
        new(place, default, null, $"it is longer than {OsvLimits.RecordBytesMax >> 20} MiB");
}

/// <summary>A file or an entry with one record.</summary>
/// <param name="Name">For messages.</param>
public sealed record OsvFile(string Name, Func<Stream> Open);

/// <summary>A record that was left out.</summary>
public sealed record OsvSkip(string Place, string Why);

/// <summary>Counts what a bundle gave.</summary>
public sealed class OsvTally
{
    /// <summary>As many of the records left out are kept by name.</summary>
    public const int SkipsMax = 20;

    private readonly ImmutableArray<OsvSkip>.Builder _skips = ImmutableArray.CreateBuilder<OsvSkip>();

    public int Read { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>The first of those left out, and why.</summary>
    public ImmutableArray<OsvSkip> Skips => _skips.ToImmutable();

    public void Add(OsvRecord record)
    {
        if (record.Skipped is not { } why)
        {
            Read++;
            return;
        }

        Skipped++;
        if (_skips.Count < SkipsMax)
        {
            _skips.Add(new(record.Place, why));
        }
    }
}
