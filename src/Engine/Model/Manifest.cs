using System.Collections.Immutable;

namespace Registry.Engine.Model;

/// <summary>
/// What a human wrote in `cairn.toml` (or `gal.toml`), as values. The text itself, with comments and order, is the
/// document in Formats/Toml; edits go there. Tables that only other tools read (`[profile]`, `[chaos-profile]`,
/// `[security]`, `[scripts]`, `[capabilities]`) stay in the document and are checked, not modelled here.
/// </summary>
public sealed record Manifest
{
    /// <summary>Null in a manifest that is only the root of a workspace.</summary>
    public PackageMetadata? Package { get; init; }

    /// <summary>All three groups, in manifest order.</summary>
    public ImmutableArray<Dependency> Dependencies { get; init; } = [];

    /// <summary>Where in the text each dependency stands.</summary>
    public ImmutableDictionary<DependencyKey, Problems.TextPlace> Places { get; init; } =
        ImmutableDictionary<DependencyKey, Problems.TextPlace>.Empty;

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Features { get; init; } = Release.NoFeatures;

    public WorkspaceTable? Workspace { get; init; }

    public ResolutionTable Resolution { get; init; } = ResolutionTable.Default;

    /// <summary>Registries this project names, in order of writing.</summary>
    public ImmutableArray<RegistryEntry> Registries { get; init; } = [];

    public InstallTable Install { get; init; } = InstallTable.Default;

    /// <summary>`[profile.NAME]`: what `--profile` may name, with the features and groups it turns on.</summary>
    public ImmutableSortedDictionary<string, ProfileTable> Profiles { get; init; } =
        ImmutableSortedDictionary.Create<string, ProfileTable>(StringComparer.Ordinal);

    /// <summary>Name for messages: the package's, or `(workspace)`.</summary>
    public string DisplayName => Package?.Name.Value ?? "(workspace)";
}

/// <summary>`[package]`.</summary>
public sealed record PackageMetadata(PackageName Name, SemanticVersion Version)
{
    public ImmutableArray<string> Authors { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>An SPDX expression.</summary>
    public string? License { get; init; }

    public string? Repository { get; init; }

    public string? Homepage { get; init; }

    public string? Documentation { get; init; }

    public string? Readme { get; init; }

    public ImmutableArray<string> Keywords { get; init; } = [];

    public ImmutableArray<string> Categories { get; init; } = [];

    public string? Edition { get; init; }

    /// <summary>`LANGUAGE-version` keys and `cairn-version`: the least version of each that the package needs.</summary>
    public ImmutableSortedDictionary<string, Constraint> Engines { get; init; } = ImmutableSortedDictionary<string, Constraint>.Empty;

    public string? Links { get; init; }

    /// <summary>Never publish this.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Globs of what goes into the archive; empty for everything not ignored.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Globs of what stays out of the archive.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];
}

/// <summary>`[workspace]`: the member folders by glob, and dependencies that members inherit with `{ workspace = true }`.</summary>
public sealed record WorkspaceTable(
    ImmutableArray<string> Members, ImmutableArray<string> Exclude, ImmutableArray<Dependency> Dependencies);

/// <summary>How many versions of one package a resolution may hold.</summary>
public enum DuplicatesPolicy
{
    /// <summary>One version of each package.</summary>
    Never,

    /// <summary>One version per compatible range (1.x and 2.x side by side), as Cargo does.</summary>
    Compatible,
}

public enum VersionStrategy
{
    Newest,

    /// <summary>The lowest version that satisfies everything: tests that lower bounds are true.</summary>
    Lowest,
}

/// <summary>Whether pre-releases may be chosen where no constraint names one.</summary>
public enum PrereleasePolicy
{
    /// <summary>Only if no stable release satisfies what is asked.</summary>
    IfNeeded,
    Never,
    Allow,
}

/// <summary>A requirement that replaces every other on that package, with the reason the user gave.</summary>
public sealed record Override(PackageName Name, Constraint Constraint, DependencyOrigin Origin, string? Reason, Problems.TextPlace? Place)
{
    /// <summary>Characters of a reason that is asked for; what stands in a manifest may be longer.</summary>
    public const int ReasonMax = 200;

    /// <summary>A reason as it is written down.</summary>
    /// <exception cref="Problems.ProblemException">UsageInvalid for one that says nothing, or that is no line of text.</exception>
    public static string ReasonOf(string text)
    {
        var reason = text.Trim();
        return reason.Length is > 0 and <= ReasonMax && !reason.Any(char.IsControl) ? reason : throw new Problems.Problem(
            Problems.ProblemCode.UsageInvalid, reason.Length == 0 ? "a reason is missing" : "a reason is one line of text, at most 200 characters",
            "say in a few words why the override is fine").Raise();
    }
}

/// <summary>A dependency that is taken as not there: of one dependent, or of all when <paramref name="Dependent"/> is null.</summary>
public sealed record Exclusion(PackageName Name, PackageName? Dependent);

/// <summary>`[resolution]`.</summary>
public sealed record ResolutionTable(
    DuplicatesPolicy Duplicates,
    VersionStrategy Strategy,
    PrereleasePolicy Prereleases,
    ImmutableArray<PackageName> PrereleaseNames,
    ImmutableArray<Override> Overrides,
    ImmutableArray<Exclusion> Exclusions,
    DateTimeOffset? AsOf)
{
    public static ResolutionTable Default { get; } =
        new(DuplicatesPolicy.Never, VersionStrategy.Newest, PrereleasePolicy.IfNeeded, [], [], [], null);
}

/// <summary>How packages get into the project.</summary>
public enum LinkMode
{
    /// <summary>Each file hard-linked (or cloned, or copied) from the store.</summary>
    Files,

    /// <summary>Each package one symbolic link to its unpacked, read-only folder in the store.</summary>
    Packages,

    /// <summary>Each file copied, writable.</summary>
    Copy,
}

/// <summary>`[install]`: where packages go and how.</summary>
public sealed record InstallTable(string Directory, LinkMode Link)
{
    public static InstallTable Default { get; } = new("packages", LinkMode.Files);
}

/// <summary>
/// One registry as a manifest or `registries.toml` names it. With patterns (`acme/*`, `http-core`) it is the only source
/// of the names they match; the one that <see cref="IsDefault"/> serves the rest; any other is used only where a
/// dependency names it.
/// </summary>
/// <param name="Address">A folder (relative to the file that names it) or an http(s) URL; null when only routes are given here
/// and the user's configuration has the address.</param>
public sealed record RegistryEntry(string Name, string? Address, ImmutableArray<string> Packages)
{
    /// <summary>Whether names that no pattern matches come from here. At most one entry of a file.</summary>
    public bool IsDefault { get; init; }

    public bool AllowInsecure { get; init; }

    /// <summary>What advisories call the ecosystem of its packages, in place of what the registry says of itself; null for that.</summary>
    public string? Ecosystem { get; init; }

    public int TimeoutSeconds { get; init; } = 30;

    public int RetriesMax { get; init; } = 3;

    /// <summary>
    /// Keys of the document kept for later: auth_type, verify_signatures, public_keys, trusted_publishers. Lists have one
    /// item a line.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Extra { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>`[profile.NAME]` as far as resolution goes.</summary>
public sealed record ProfileTable(ImmutableArray<string> Features, bool UsesDefaultFeatures, bool WithoutDev);
