using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project is in it or above it.</param>
public sealed record ListRequest(string Folder)
{
    /// <summary>Every package of the lockfile, not only what the manifests name.</summary>
    public bool IncludesIndirect { get; init; }
}

/// <summary>A dependency of the project as it stands.</summary>
/// <param name="Version">What is locked; null before it was resolved, or when nothing turns it on.</param>
/// <param name="Constraint">What the manifest asks for; null for an indirect one.</param>
/// <param name="Member">Folder of the manifest that names it, relative to the project; null for an indirect one.</param>
public sealed record ListedPackage(
    PackageName Name, string LocalName, SemanticVersion? Version, Constraint? Constraint, DependencyGroup? Group, string? Source, string? Member);

/// <summary>What a project depends on.</summary>
public sealed record ListReport(string Folder, ImmutableArray<string> Members, ImmutableArray<ListedPackage> Packages) : IReport
{
    /// <summary>Names of the root manifest's features.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Names of the root manifest's profiles.</summary>
    public ImmutableArray<string> Profiles { get; init; } = [];

    public string Kind => "list";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder"u8, Folder);
        json.WriteStrings("members", Members);
        json.WriteStrings("features", Features);
        json.WriteStrings("profiles", Profiles);
        json.WriteStartArray("packages"u8);
        foreach (var package in Packages)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, package.Name.Value);
            json.WriteString("local_name"u8, package.LocalName);
            json.WriteString("version"u8, package.Version?.ToString());
            json.WriteString("constraint"u8, package.Constraint?.Text);
            json.WriteString("group"u8, package.Group?.ToString().ToLowerInvariant());
            json.WriteString("source"u8, package.Source);
            json.WriteString("member"u8, package.Member);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn list`.</summary>
internal sealed class List(RegistryClient client, ListRequest request) : Query<ListReport>
{
    protected override Task<ListReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.FromResult(Read());

    internal ListReport Read()
    {
        var project = OpenedProject.Open(request.Folder, client.Disk);
        var lockfile = LockedProject.ReadLockfile(project);
        var graph = lockfile is null ? null : new LockGraph(lockfile);
        var direct = project.Manifests.SelectMany(manifest => Direct(manifest, graph)).ToImmutableArray();
        var indirect = request.IncludesIndirect && graph is not null ? Indirect(graph, direct) : [];
        return new(
            project.Root, [.. project.Manifests.Skip(1).Select(manifest => manifest.Folder)], [.. direct, .. indirect])
        {
            Features = [.. project.RootManifest.Manifest.Features.Keys],
            Profiles = [.. project.RootManifest.Manifest.Profiles.Keys],
        };
    }

    private static IEnumerable<ListedPackage> Direct(ProjectManifest manifest, LockGraph? graph)
    {
        var root = graph?.Roots.FirstOrDefault(index => graph.Packages[index].Source is PackageSource.Member member && member.Folder == manifest.Folder, -1) ?? -1;
        foreach (var dependency in manifest.Manifest.Dependencies)
        {
            var locked = Locked(graph, root, dependency);
            yield return new(
                dependency.Name, dependency.LocalName, locked?.Id.Version, dependency.Constraint, dependency.Group, locked?.Source.ToString(), manifest.Folder);
        }
    }

    /// <summary>By the root's own edge; a workspace root without a package has none, and then the name must do.</summary>
    private static LockedPackage? Locked(LockGraph? graph, int root, Dependency dependency)
    {
        if (graph is null)
        {
            return null;
        }

        if (root >= 0)
        {
            var edge = graph.Needs(root).Where(edge => edge.Group == dependency.Group && edge.LocalName == dependency.LocalName).Take(1).ToArray();
            return edge is [var found] ? graph.Packages[found.To] : null;
        }

        return graph.Find(dependency.Name).Select(index => graph.Packages[index])
            .LastOrDefault(package => dependency.Constraint.AdmitsWithPrereleases(package.Id.Version));
    }

    private static IEnumerable<ListedPackage> Indirect(LockGraph graph, ImmutableArray<ListedPackage> direct)
    {
        var named = direct.Select(package => (package.Name, package.Version)).ToHashSet();
        return graph.Packages
            .Where(package => package.Source is not PackageSource.Member && !named.Contains((package.Id.Name, package.Id.Version)))
            .Select(package => new ListedPackage(package.Id.Name, package.Id.Name.Value, package.Id.Version, null, null, package.Source.ToString(), null));
    }
}
