using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>How a check of a package before publishing ended.</summary>
public enum CheckState
{
    Passed,

    /// <summary>Does not apply here: no git, a first release.</summary>
    Skipped,

    /// <summary>Worth a look; does not stop publishing.</summary>
    Look,

    /// <summary>Stops publishing until it is put right or, where it may be, allowed.</summary>
    Failed,
}

/// <summary>What puts a check right, for a face to offer its own key or flag.</summary>
public enum CheckRemedy
{
    None,
    ChooseVersion,
    EditManifest,
    LookAtFiles,

    /// <summary>The command in <see cref="PublishCheck.Fix"/>.</summary>
    RunCommand,
}

/// <summary>One row of the review before publishing.</summary>
/// <param name="Id">What `--allow` calls it: `version`, `files`, `checkout`.</param>
/// <param name="Title">What is so, or is not: `Version 1.4.0 is free`.</param>
/// <param name="Detail">A few words beside it; empty when the title says all.</param>
public sealed record PublishCheck(string Id, CheckState State, string Title, string Detail)
{
    /// <summary>What to do about it, as an imperative; null when there is nothing to do.</summary>
    public string? Fix { get; init; }

    public CheckRemedy Remedy { get; init; }

    /// <summary>Whether a user may publish all the same. What the registry would refuse, nobody can allow.</summary>
    public bool MayBeAllowed { get; init; }

    /// <summary>What publishing fails with; null unless it failed.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>The names of the checks.</summary>
public static class PublishChecks
{
    public const string Target = "target";
    public const string Manifest = "manifest";
    public const string Version = "version";
    public const string Fit = "fit";
    public const string Dependencies = "dependencies";
    public const string Lock = "lock";
    public const string Checkout = "checkout";
    public const string Files = "files";
    public const string Archive = "archive";

    /// <summary>In the order a review has them.</summary>
    public static System.Collections.Immutable.ImmutableArray<string> All { get; } = [Target, Manifest, Version, Fit, Dependencies, Lock, Checkout, Files, Archive];
}
