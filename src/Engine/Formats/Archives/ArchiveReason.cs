using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Archives;

/// <summary>Why an archive is refused: one stable word each (docs/formats/archive.md), the same in the client and in a registry.</summary>
public enum ArchiveReason
{
    Path,
    PathTooLong,
    EntryType,
    Duplicate,
    CaseCollision,
    TooManyEntries,
    TooLarge,
    Ratio,
    HeaderTooLarge,
    HeaderConflict,
    Truncated,
    Corrupt,
    TrailingData,
    Type,
    ForbiddenFile,
    SecretDetected,
    ManifestMissing,
    ManifestDuplicate,
}

/// <param name="Entry">The entry it is about, as read; not safe to print as it is.</param>
/// <param name="BytesRead">Decompressed bytes that had been read when it was refused.</param>
public sealed record ArchiveDetail(ArchiveReason Reason, string? Entry, long BytesRead) : ProblemDetail;

public static class ArchiveReasons
{
    /// <summary>The stable text form, as in `archive-path`.</summary>
    public static string Word(this ArchiveReason reason) => reason switch
    {
        ArchiveReason.Path => "archive-path",
        ArchiveReason.PathTooLong => "archive-path-too-long",
        ArchiveReason.EntryType => "archive-entry-type",
        ArchiveReason.Duplicate => "archive-duplicate",
        ArchiveReason.CaseCollision => "archive-case-collision",
        ArchiveReason.TooManyEntries => "archive-too-many-entries",
        ArchiveReason.TooLarge => "archive-too-large",
        ArchiveReason.Ratio => "archive-ratio",
        ArchiveReason.HeaderTooLarge => "archive-header-too-large",
        ArchiveReason.HeaderConflict => "archive-header-conflict",
        ArchiveReason.Truncated => "archive-truncated",
        ArchiveReason.Corrupt => "archive-corrupt",
        ArchiveReason.TrailingData => "archive-trailing-data",
        ArchiveReason.Type => "archive-type",
        ArchiveReason.ForbiddenFile => "archive-forbidden-file",
        ArchiveReason.SecretDetected => "secret-detected",
        ArchiveReason.ManifestMissing => "manifest-missing",
        ArchiveReason.ManifestDuplicate => "manifest-duplicate",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>What a user is told it is.</summary>
    public static ProblemCode Code(this ArchiveReason reason) => reason switch
    {
        ArchiveReason.TooManyEntries or ArchiveReason.TooLarge or ArchiveReason.Ratio or ArchiveReason.HeaderTooLarge
            => ProblemCode.ArchiveTooLarge,
        ArchiveReason.HeaderConflict or ArchiveReason.Truncated or ArchiveReason.Corrupt or ArchiveReason.TrailingData
            or ArchiveReason.Type => ProblemCode.ArchiveCorrupt,
        _ => ProblemCode.ArchiveUnsafe,
    };
}
