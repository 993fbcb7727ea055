using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>What may happen to the lockfile.</summary>
public enum LockMode
{
    /// <summary>Brought up to date with the manifest, keeping every version that still fits.</summary>
    Update,

    /// <summary>Any needed change is a problem (`--frozen`, `--locked`).</summary>
    Frozen,
}

/// <summary>Which of the root's dependencies are installed. The lockfile always covers all of them.</summary>
public sealed record InstallSelection
{
    /// <summary>A `[profile.NAME]` of the manifest; its features and groups are added to what is said here.</summary>
    public string? Profile { get; init; }

    public ImmutableArray<string> Features { get; init; } = [];

    public bool UsesAllFeatures { get; init; }

    public bool UsesDefaultFeatures { get; init; } = true;

    /// <summary>Leave out `[dev-dependencies]`.</summary>
    public bool WithoutDev { get; init; }

    public static InstallSelection Default { get; } = new();
}

/// <summary>Whether a change also brings the install directory up to date.</summary>
public enum InstallScope
{
    Everything,

    /// <summary>Manifest and lockfile only.</summary>
    LockfileOnly,
}

/// <summary>What every change of a project is asked with.</summary>
/// <param name="Folder">Absolute; the project is in it or above it.</param>
public sealed record ChangeRequest(string Folder)
{
    public LockMode Lock { get; init; } = LockMode.Update;

    public InstallSelection Selection { get; init; } = InstallSelection.Default;

    public InstallScope Scope { get; init; } = InstallScope.Everything;

    /// <summary>The workspace member whose manifest is edited, by package name; null for the one that <paramref name="Folder"/> is in.</summary>
    public PackageName? Member { get; init; }

    /// <summary>Overrides `[install] link`.</summary>
    public LinkMode? Link { get; init; }

    /// <summary>Resolve as if nothing was published after this, for this once; null for what the manifest says.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Repairs looked for with a conflict; 0 where a <see cref="ConflictTalk"/> follows, which finds them itself.</summary>
    public int RepairsMax { get; init; } = 8;

    /// <summary>What must stay and what must not be, for this change; with any, a lockfile that still holds is resolved again.</summary>
    public ImmutableArray<Wish> Wishes { get; init; } = [];
}

/// <summary>What is to be written in a new project.</summary>
/// <param name="Folder">Absolute; made when it is not there.</param>
/// <param name="Name">Null for the folder's own name.</param>
public sealed record InitRequest(string Folder, string? Name)
{
    public string? Description { get; init; }

    public string? License { get; init; }

    /// <summary>Make the root of a workspace instead of a package.</summary>
    public bool IsWorkspace { get; init; }
}
