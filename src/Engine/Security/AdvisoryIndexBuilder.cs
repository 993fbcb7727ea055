using System.Collections.Immutable;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>Collects advisories for an index. Of two with one id the one modified last counts; of equals the one added last.</summary>
public sealed class AdvisoryIndexBuilder
{
    private const int TitleLengthMax = 200;

    private readonly Dictionary<string, (Advisory Advisory, RecordPlace Record)> _byId = new(StringComparer.Ordinal);

    /// <summary>Records that gave way to another with their id.</summary>
    public int Replaced { get; private set; }

    /// <param name="record">Where its JSON stands, to read it whole later.</param>
    public void Add(Advisory advisory, RecordPlace record)
    {
        if (_byId.TryGetValue(advisory.Id, out var known))
        {
            Replaced++;
            if (known.Advisory.Modified > advisory.Modified)
            {
                return;
            }
        }

        // The texts stay in the record; a large bundle would fill the memory with them.
        _byId[advisory.Id] = (advisory with { Summary = TitleOf(advisory), Details = "", References = [] }, record);
    }

    public AdvisoryIndex Build() => AdvisoryIndex.Read(ToBytes(), "the index just built");

    /// <summary>The binary form, which <see cref="AdvisoryIndex.Read"/> takes; the same for the same advisories in any order of adding.</summary>
    public byte[] ToBytes()
    {
        var writer = new AdvisoryIndexWriter();
        foreach (var (advisory, record) in _byId.Values.OrderBy(kept => kept.Advisory.Id, StringComparer.Ordinal))
        {
            var number = writer.AddHeader(HeaderOf(advisory, record));
            foreach (var entries in advisory.Affected.Where(IsOfPackage).GroupBy(entry => AdvisoryKey.Of(entry.Ecosystem, entry.Name), StringComparer.Ordinal))
            {
                if (entries.All(SaysNothing))
                {
                    writer.EntriesSkipped++;
                }
                else
                {
                    writer.AddEntry(entries.Key, number, CategoryOf(advisory, entries), RatingOf(advisory, entries), AffectedVersions.Of(entries));
                }
            }

            writer.EntriesSkipped += advisory.Affected.Count(entry => !IsOfPackage(entry));
        }

        return writer.ToBytes();
    }

    private static bool IsOfPackage(AffectedPackage entry) => entry.Ecosystem.Length > 0 && entry.Name.Length > 0;

    /// <summary>No versions, and no ranges but of commits.</summary>
    private static bool SaysNothing(AffectedPackage entry) =>
        entry.Versions.IsEmpty && entry.Ranges.All(range => range.Kind == AffectedRangeKind.Git || range.Events.IsEmpty);

    private static AdvisoryCategory CategoryOf(Advisory advisory, IEnumerable<AffectedPackage> entries) =>
        advisory.Category == AdvisoryCategory.Malware
            ? AdvisoryCategory.Malware
            : entries.Min(entry => entry.Category ?? advisory.Category);

    private static SeverityRating RatingOf(Advisory advisory, IEnumerable<AffectedPackage> entries)
    {
        var own = entries.SelectMany(entry => entry.Severities).ToList();
        return Cvss.Rate(own.Count > 0 ? own : advisory.Severities);
    }

    private static AdvisoryHeader HeaderOf(Advisory advisory, RecordPlace record) => new(
        advisory.Id,
        [.. advisory.Aliases.Where(alias => alias != advisory.Id).Distinct(StringComparer.Ordinal)],
        advisory.Summary, advisory.Modified, advisory.Published, advisory.Withdrawn, record);

    private static string TitleOf(Advisory advisory)
    {
        if (advisory.Summary.Length > 0)
        {
            return advisory.Summary;
        }

        var start = advisory.Details.AsSpan().TrimStart("# \t\r\n");
        var line = start.IndexOf('\n') is var end and >= 0 ? start[..end].TrimEnd() : start;
        return line.Length <= TitleLengthMax ? line.ToString() : string.Concat(line[..TitleLengthMax], "…");
    }
}
