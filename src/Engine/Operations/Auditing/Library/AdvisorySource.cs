using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>Where advisories of the library came from.</summary>
public enum AdvisorySourceKind
{
    /// <summary>A registry that publishes them; they are about its packages.</summary>
    Feed,

    /// <summary>A file, zip or folder that was imported.</summary>
    Import,
}

/// <summary>A record that was left out.</summary>
/// <param name="Place">The line or the entry of its bundle: `crates.jsonl:17`.</param>
/// <param name="Why">Lower-case start, no full stop.</param>
public sealed record SkippedAdvisory(string Place, string Why);

/// <summary>One set of advisories on this machine.</summary>
/// <param name="Name">Of the registry, or of the file without its endings. No two imports have the same.</param>
/// <param name="Place">The feed's address, or the path it was imported from. No two feeds have the same.</param>
/// <param name="Content">SHA-256 of the records, one JSON line each.</param>
public sealed record AdvisorySource(AdvisorySourceKind Kind, string Name, string Place, ContentHash Content)
{
    public int Records { get; init; }

    /// <summary>When the last of its records was changed by its database; null when none says.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>When it was last taken in, or last compared with the feed.</summary>
    public DateTimeOffset Updated { get; init; }

    /// <summary>What its records are about: `crates.io`. Sorted.</summary>
    public ImmutableArray<string> Ecosystems { get; init; } = [];

    /// <summary>Records left out because they could not be read.</summary>
    public int Skipped { get; init; }

    /// <summary>The first of those, and why.</summary>
    public ImmutableArray<SkippedAdvisory> Skips { get; init; } = [];

    /// <summary>
    /// Since when nothing new could have come to us: a feed was current when it was asked, a file when its last record was
    /// written.
    /// </summary>
    public DateTimeOffset CurrentAt => Kind == AdvisorySourceKind.Feed || Newest is null || Newest > Updated ? Updated : Newest.Value;

    public bool Equals(AdvisorySource? other) =>
        other is not null && (Kind, Name, Place, Content, Records, Newest, Updated, Skipped) ==
        (other.Kind, other.Name, other.Place, other.Content, other.Records, other.Newest, other.Updated, other.Skipped)
        && Ecosystems.AsSpan().SequenceEqual(other.Ecosystems.AsSpan()) && Skips.AsSpan().SequenceEqual(other.Skips.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, Name, Content);
}
