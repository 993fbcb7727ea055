using System.Collections.Immutable;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>Where the whole record stands in the file of records beside an index: bytes from its start.</summary>
public readonly record struct RecordPlace(long Offset, int Length);

/// <summary>What an index keeps of an advisory; the rest is in its record.</summary>
/// <param name="Aliases">Ids of the same flaw elsewhere, without its own.</param>
/// <param name="Title">The summary, or else the first line of the details; may be empty. Text from outside.</param>
/// <param name="Withdrawn">Null while it applies.</param>
public sealed record AdvisoryHeader(
    string Id, ImmutableArray<string> Aliases, string Title, DateTimeOffset Modified, DateTimeOffset? Published,
    DateTimeOffset? Withdrawn, RecordPlace Record);

/// <summary>What one advisory says of one package; all its entries for that package are added up.</summary>
public sealed record IndexedAdvisory(
    AdvisoryHeader Header, AdvisoryCategory Category, SeverityRating Rating, AffectedVersions Versions);
