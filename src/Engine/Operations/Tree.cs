using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>What of the dependency tree is wanted.</summary>
/// <param name="Folder">Absolute; the project is in it or above it.</param>
public sealed record TreeRequest(string Folder)
{
    /// <summary>Levels below the start; null for all.</summary>
    public int? Depth { get; init; }

    /// <summary>Only packages with several versions, and what needs them.</summary>
    public bool OnlyDuplicates { get; init; }

    /// <summary>Start at all versions of this package; null for the project.</summary>
    public PackageName? Package { get; init; }

    /// <summary>Go from packages to what needs them, instead of to what they need.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Leave out development dependencies.</summary>
    public bool WithoutDev { get; init; }
}

/// <summary>`cairn tree`: the resolved dependencies, from the lockfile alone.</summary>
internal sealed class Tree(RegistryClient client, TreeRequest request) : Query<TreeReport>
{
    protected override Task<TreeReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var graph = new LockGraph(LockedProject.Find(client, request.Folder).Lockfile);
        var isInverted = request.OnlyDuplicates || request.IsInverted;
        return Task.FromResult(new TreeReport(graph, [.. Starts(graph)], isInverted ? TreeDirection.NeededBy : TreeDirection.Needs, request.Depth, request.WithoutDev));
    }

    private IEnumerable<int> Starts(LockGraph graph)
    {
        if (request.Package is { } name)
        {
            var found = graph.Find(name);
            return found.Length > 0 ? found : throw NotLocked(name);
        }

        if (request.IsInverted && !request.OnlyDuplicates)
        {
            throw new Problem(
                ProblemCode.UsageInvalid, "an inverted tree starts at a package", "name it: `cairn tree PACKAGE --invert`").Raise();
        }

        return request.OnlyDuplicates ? graph.Duplicates : graph.Roots;
    }

    internal static ProblemException NotLocked(PackageName name) => new Problem(
        ProblemCode.PackageNotFound, $"`{name}` is not among the packages of this project",
        $"`cairn list --all` shows them; `cairn add {name}` adds it").Raise();
}
