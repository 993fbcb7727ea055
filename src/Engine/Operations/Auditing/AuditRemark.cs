using Registry.Engine.Model;

namespace Registry.Engine.Operations;

public enum AuditRemarkKind
{
    /// <summary>The publisher took the version back.</summary>
    Yanked,

    /// <summary>The registry keeps it from being installed for now.</summary>
    Quarantined,

    /// <summary>The registry took it away.</summary>
    Revoked,

    /// <summary>The registry has it no more, or never had.</summary>
    Missing,

    /// <summary>An override forces it on packages that may not ask for it.</summary>
    Override,

    /// <summary>A manifest names it and there is a newer release.</summary>
    Outdated,
}

/// <summary>Not a flaw, and still worth a look.</summary>
/// <param name="Text">In words, from outside; empty when nothing was said.</param>
/// <param name="Newer">The newest release that may be chosen; null when it is not newer.</param>
public sealed record AuditRemark(AuditRemarkKind Kind, PackageId Package, string Text, SemanticVersion? Newer);
