using System.Collections.Immutable;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>What was found out about one package; the checks are made of it and read nothing themselves.</summary>
internal sealed record PackageFacts(SelectedFiles Selected, PublishTarget Target)
{
    public PackageId Id => Selected.Id;

    public Manifest Manifest => Selected.Manifest.Manifest;

    /// <summary>Null when it could not be built.</summary>
    public PackedPackage? Packed { get; init; }

    /// <summary>Why it could not be built.</summary>
    public Problem? PackingProblem { get; init; }

    public required ImmutableArray<ReviewedFile> Files { get; init; }

    /// <summary>What the registry has of the name; null when it has nothing, or could not be asked.</summary>
    public PackageIndex? Index { get; init; }

    /// <summary>Why the registry could not be asked.</summary>
    public Problem? IndexProblem { get; init; }

    public ReleaseChanges? Changes { get; init; }

    public PreviousRelease? Previous { get; init; }

    public GitCheckout? Checkout { get; init; }

    public Problem? CheckoutProblem { get; init; }

    /// <summary>Why it cannot go to the target; null when it can.</summary>
    public Problem? TargetProblem { get; init; }

    /// <summary>Folders of the project that users will look for in the registry, and not find there.</summary>
    public ImmutableArray<Dependency> Unserved { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    public Release? Taken => Index?.Releases.FirstOrDefault(release => release.Id.Version == Id.Version);

    /// <summary>The registry has exactly this.</summary>
    public bool IsSame => Taken is { Archive: { } archive } && Packed is { } packed && archive.Hash == packed.Archive.Reference.Hash;
}
