using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>Which packages of a project are published.</summary>
public enum PublishScope
{
    /// <summary>The one that is named, or that the folder is in.</summary>
    Package,

    /// <summary>Every member that is not private, dependencies first.</summary>
    Workspace,
}

/// <param name="Folder">Absolute; the package is in it or above it.</param>
public sealed record PublishRequest(string Folder)
{
    public PackageName? Member { get; init; }

    public PublishScope Scope { get; init; } = PublishScope.Package;

    /// <summary>Null for the one the package's name is routed to.</summary>
    public string? Registry { get; init; }

    /// <summary>Checks that may fail, by <see cref="PublishCheck.Id"/>.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];
}

/// <summary>Where packages would go.</summary>
/// <param name="Registry">Its name.</param>
/// <param name="Address">A folder or URL; empty when it has none.</param>
/// <param name="Feed">The folder that is written to; null when publishing there is not possible.</param>
public sealed record PublishTarget(string Registry, string Address, string? Feed);

/// <summary>The release before this one.</summary>
/// <param name="Published">By the registry's clock; null when it does not say.</param>
public sealed record PreviousRelease(SemanticVersion Version, DateTimeOffset? Published);

/// <summary>How many packages of the registry depend on this one, by their newest release.</summary>
/// <param name="Accepting">Of those, how many accept the version that is to be published.</param>
public sealed record Dependents(int Count, int Accepting);

/// <summary>All there is to know of one package before it is published.</summary>
/// <param name="Package">What its manifest says it is.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="Manifest">Its file, relative to the project.</param>
public sealed record PackageReview(PackageId Package, string Folder, string Manifest)
{
    public ImmutableArray<PublishCheck> Checks { get; init; } = [];

    /// <summary>Files that need a look first, then those that are in, then those that are out.</summary>
    public ImmutableArray<ReviewedFile> Files { get; init; } = [];

    /// <summary>`NAME-VERSION.tar.gz`.</summary>
    public required string FileName { get; init; }

    /// <summary>Hash and size of the archive, built once; null when it could not be built.</summary>
    public ArchiveReference? Archive { get; init; }

    public long Unpacked { get; init; }

    /// <summary>The highest release below this version; null for the first.</summary>
    public PreviousRelease? Previous { get; init; }

    /// <summary>What changed since then; null for a first release.</summary>
    public ReleaseChanges? Changes { get; init; }

    /// <summary>Null when counting would have cost too much.</summary>
    public Dependents? Dependents { get; init; }

    /// <summary>False when the registry has this very archive already.</summary>
    public bool IsNew { get; init; } = true;

    /// <summary>Exactly what would be published.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; init; }

    public int Passed => Checks.Count(check => check.State is CheckState.Passed or CheckState.Skipped);
}

/// <summary>The review of one package, or of all members of a workspace in the order they would be published in.</summary>
public sealed record PublishReview(PublishRequest Request, PublishTarget Target, ImmutableArray<PackageReview> Packages) : IReport
{
    public string Kind => "publish-review";

    /// <summary>Checks that stop publishing.</summary>
    public ImmutableArray<(PackageReview Package, PublishCheck Check)> Stops =>
        [.. from package in Packages from check in package.Checks
            where check.State == CheckState.Failed && !(check.MayBeAllowed && Request.Allowed.Contains(check.Id))
            select (package, check)];

    public bool MayPublish => Stops.IsEmpty;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("registry"u8, Target.Registry);
        json.WriteString("address"u8, Target.Address);
        json.WriteString("feed"u8, Target.Feed);
        json.WriteBoolean("may_publish"u8, MayPublish);
        json.WriteStartArray("packages"u8);
        foreach (var package in Packages)
        {
            PublishReviewJson.Write(json, package);
        }

        json.WriteEndArray();
    }
}
