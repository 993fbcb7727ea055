using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>Whether fixes are looked for, which takes a solve for each finding.</summary>
public enum AuditFixing
{
    None,

    /// <summary>For each finding, as far as <see cref="AuditRequest.FixesMax"/>.</summary>
    Proven,
}

/// <summary>Whether old advisories will do.</summary>
public enum AuditData
{
    /// <summary>With a warning.</summary>
    Any,

    /// <summary>All packages must be covered, by data that is not stale.</summary>
    Fresh,
}

/// <param name="Folder">Absolute; the project is in it or above it.</param>
public sealed record AuditRequest(string Folder)
{
    /// <summary>Findings that fixes are looked for, the gravest first.</summary>
    public const int FixesMax = 200;

    public WithdrawnAdvisories Withdrawn { get; init; } = WithdrawnAdvisories.Hidden;

    public AuditFixing Fixing { get; init; } = AuditFixing.Proven;

    public AuditData Data { get; init; } = AuditData.Any;
}
