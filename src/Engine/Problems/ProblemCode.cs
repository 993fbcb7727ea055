namespace Registry.Engine.Problems;

/// <summary>
/// Every way to fail that a user can act on. The slug in text is the name in kebab-case (`manifest-missing`);
/// docs/PROBLEMS.md has one heading for each, held by a test.
/// </summary>
public enum ProblemCode
{
    // Usage
    UsageInvalid,
    NameInvalid,
    VersionInvalid,
    ConstraintInvalid,
    ConfirmationNeeded,
    ConfigKeyUnknown,
    ConfigValueInvalid,
    RegistryExists,
    AuditFileInvalid,
    UrlInvalid,

    // Project
    ManifestMissing,
    ManifestExists,
    ManifestInvalid,
    ManifestTooLarge,
    TomlInvalid,
    LockfileMissing,
    LockfileInvalid,
    LockfileConflicted,
    LockfileOutOfDate,
    LockfileTooNew,
    DependencyExists,
    WorkspaceInvalid,
    PathDependencyMissing,
    RouteMissing,
    RouteAmbiguous,
    FeatureUnknown,
    ProfileUnknown,
    InstallDirectoryForeign,
    ChecksFailed,
    ReviewStale,
    MigrationSourceInvalid,
    NothingToUndo,

    // Resolution
    NoResolution,
    ResolutionUndecided,
    VersionNotFound,

    // Unavailable
    RegistryUnreachable,
    RegistryRefused,
    TimedOut,
    OfflineMissing,
    AdvisoriesMissing,
    AdvisoriesStale,
    GitUnavailable,
    GitFailed,
    DiskFull,
    FeedBusy,
    FileUnavailable,

    // Integrity
    HashMismatch,
    SizeMismatch,
    ArchiveUnsafe,
    ArchiveCorrupt,
    ArchiveTooLarge,
    IndexCorrupt,
    WrongPackage,
    VersionMutated,
    FeedMalformed,
    FeedTooNew,
    FeedUnsigned,
    InsecureRedirect,
    StoreUnsafe,
    AdvisoryInvalid,
    AdvisoriesCorrupt,
    GitRevisionMoved,
    PackageMalicious,

    // Permission
    AccessDenied,
    SignInNeeded,

    // Conflict
    VersionExists,
    FeedExists,
    NameCaseMismatch,
    ProjectBusy,

    // Not found
    PackageNotFound,
    ReleaseNotFound,
    RegistryNotFound,
    FeedNotFound,
    GitRevisionNotFound,
    FileNotFound,
    DependencyNotInManifest,
}

/// <summary>What a script may branch on. Each kind is one exit code (and, for the server, one HTTP status).</summary>
public enum ProblemKind
{
    Usage = 2,
    Project = 3,
    Resolution = 4,
    Unavailable = 5,
    Integrity = 6,
    Permission = 7,
    Conflict = 8,
    NotFound = 9,
}

public static class ProblemCodes
{
    public static ProblemKind Kind(this ProblemCode code) => code switch
    {
        <= ProblemCode.UrlInvalid => ProblemKind.Usage,
        <= ProblemCode.NothingToUndo => ProblemKind.Project,
        <= ProblemCode.VersionNotFound => ProblemKind.Resolution,
        <= ProblemCode.FileUnavailable => ProblemKind.Unavailable,
        <= ProblemCode.PackageMalicious => ProblemKind.Integrity,
        <= ProblemCode.SignInNeeded => ProblemKind.Permission,
        <= ProblemCode.ProjectBusy => ProblemKind.Conflict,
        _ => ProblemKind.NotFound,
    };

    /// <summary>The exit code of a headless run that ended with this kind.</summary>
    public static int ExitCode(this ProblemKind kind) => (int)kind;

    /// <summary>The stable text form, as in `lockfile-out-of-date`.</summary>
    public static string Slug(this ProblemCode code)
    {
        var name = code.ToString();
        var slug = new System.Text.StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && slug.Length > 0)
            {
                slug.Append('-');
            }

            slug.Append(char.ToLowerInvariant(letter));
        }

        return slug.ToString();
    }
}
