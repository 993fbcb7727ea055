using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Puts a plan together from the files that change and the lockfile they lead to. Reads, and writes nothing.</summary>
internal sealed class PlanBuilder(RegistryClient client, ChangeRequest request, Project project, string command)
{
    public Lockfile? Before { get; init; }

    public required Lockfile After { get; init; }

    /// <summary>Compressed bytes, of packages whose metadata was read.</summary>
    public Dictionary<PackageId, long> Sizes { get; init; } = [];

    public ImmutableArray<Problem> Warnings { get; init; } = [];

    public TimeSpan? Solving { get; init; }

    /// <param name="manifests">As they will be.</param>
    public ChangePlan Build(ImmutableArray<ProjectManifest> manifests, ImmutableArray<PreparedFile> files, HistoryKind history, int? historyOf)
    {
        var tree = request.Scope == InstallScope.LockfileOnly ? null : Tree(manifests);
        var difference = LockDifference.Between(Before, After);
        return new()
        {
            Folder = project.Root,
            Command = command,
            Manifests = [.. files.Where(file => file.File != Project.LockfileName).Select(Difference)],
            Lock = difference,
            ChangesLockfile = files.Any(file => file.File == Project.LockfileName),
            ToFetch = tree is { Changes: true } ? ToFetch(tree) : [],
            ToInstall = tree?.ToInstall ?? [],
            ToRemove = tree?.ToRemove ?? [],
            PackagesInstalled = tree?.Layout.Packages.Length ?? 0,
            ChangesInstallation = tree is { Changes: true },
            Warnings = Warnings,
            Lockfile = After,
            Solving = Solving,
            Prepared = new()
            {
                Project = project,
                Files = files,
                Tree = tree,
                History = history,
                HistoryOf = historyOf,
                Summary = Summary(difference),
                WatchedFiles = [.. PathPackages.Files(project.Root, After), AuditFile.Name, client.Advisories.List],
                Selection = SelectionText.Of(request),
            },
        };
    }

    private PreparedTree Tree(ImmutableArray<ProjectManifest> manifests)
    {
        var install = manifests[0].Manifest.Install;
        var edges = SelectedEdges.Of(manifests, request.Selection);
        return InstallPlanning.Plan(project, install, After, edges, request.Link ?? install.Link);
    }

    private ImmutableArray<PackageFetch> ToFetch(PreparedTree tree) =>
        [.. from placed in tree.Layout.Packages
            let package = placed.Package
            where Applying.IsStored(package) && !(Applying.FindKey(package) is { } key && client.Store.Has(key))
            select new PackageFetch(package.Id, package.Source, Sizes.TryGetValue(package.Id, out var size) ? size : null)];

    private static TextDifference Difference(PreparedFile file) =>
        TextDifference.Between(file.File, Text(file.Old), Text(file.New) ?? "");

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static string Summary(LockDifference difference)
    {
        const int Shown = 5;
        var parts = difference.Changes.Take(Shown).Select(change => change.Kind switch
        {
            LockChangeKind.Added => $"+{change.Name} {change.After!.Id.Version}",
            LockChangeKind.Removed => $"-{change.Name} {change.Before!.Id.Version}",
            _ => $"{change.Name} {change.Before!.Id.Version} -> {change.After!.Id.Version}",
        });
        var more = difference.Changes.Length - Shown;
        return string.Join(", ", parts) + (more > 0 ? $" and {more} more" : "");
    }
}
