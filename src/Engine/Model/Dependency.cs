using System.Collections.Immutable;

namespace Registry.Engine.Model;

/// <summary>The table of the manifest a dependency stands in.</summary>
public enum DependencyGroup
{
    /// <summary>Needed by whoever uses the package.</summary>
    Normal,

    /// <summary>Needed to build the package; installed for dependents too.</summary>
    Build,

    /// <summary>Needed to work on the package itself; never installed for dependents.</summary>
    Dev,
}

/// <summary>
/// One line of a dependency table, or one entry of `deps` in an index document.
/// </summary>
/// <param name="Name">The package.</param>
/// <param name="Constraint">Acceptable versions; <see cref="Constraint.Any"/> where a path or git source says nothing.</param>
/// <param name="Group">Which table.</param>
/// <param name="Origin">Where the package comes from.</param>
/// <param name="Alias">The name it goes by inside the dependent when that differs (`alias = { package = "name" }`).</param>
/// <param name="IsOptional">Only used when a feature turns it on.</param>
/// <param name="UsesDefaultFeatures">Whether the feature `default` is asked for.</param>
/// <param name="Features">More features asked for.</param>
public sealed record Dependency(
    PackageName Name,
    Constraint Constraint,
    DependencyGroup Group,
    DependencyOrigin Origin,
    string? Alias = null,
    bool IsOptional = false,
    bool UsesDefaultFeatures = true,
    ImmutableArray<string> Features = default)
{
    public ImmutableArray<string> Features { get; init; } = Features.IsDefault ? [] : Features;

    /// <summary>Written `{ workspace = true }`: name, constraint and origin are those of the workspace's own table, and not here yet.</summary>
    public bool IsInherited { get; init; }

    /// <summary>What the dependent calls it: the alias, or the name.</summary>
    public string LocalName => Alias ?? Name.Value;
}

/// <summary>Where a dependency's package comes from. Part of what a package is: one name, one source.</summary>
public abstract record DependencyOrigin
{
    private DependencyOrigin()
    {
    }

    /// <summary>The feed that the routes give this name, or the one named here.</summary>
    public sealed record Feed(string? Registry = null) : DependencyOrigin
    {
        public static Feed Routed { get; } = new();
    }

    /// <summary>A folder, relative to the manifest that names it, with `/` separators.</summary>
    public sealed record Path(string Folder) : DependencyOrigin;

    /// <summary>A git repository at a tag, branch or revision; at its default branch when none is given.</summary>
    public sealed record Git(string Url, GitReference Reference) : DependencyOrigin;

    /// <summary>Another member of the same workspace, by name.</summary>
    public sealed record Member : DependencyOrigin;
}

public enum GitReferenceKind
{
    DefaultBranch,
    Branch,
    Tag,
    Revision,
}

/// <summary>What to check out. <paramref name="Name"/> is empty for the default branch.</summary>
public sealed record GitReference(GitReferenceKind Kind, string Name)
{
    public static GitReference Default { get; } = new(GitReferenceKind.DefaultBranch, "");
}
