using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Opens the sources when something is first asked of them: most installs never do.</summary>
internal sealed class LazySources(RegistryClient client, Project project, Lockfile? locked, ImmutableArray<ProjectEdit> edits) : IDisposable
{
    private PackageSources? _value;

    public PackageSources Value => _value ??= client.Sources(project, locked, Unlocked());

    /// <summary>The newest release that may be chosen: stable unless there is none, not yanked, not published after a date.</summary>
    /// <exception cref="ProblemException">PackageNotFound; ReleaseNotFound when nothing may be chosen.</exception>
    public async Task<Release> NewestAsync(PackageName name, DependencyOrigin origin, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var package = await Value.ReadAsync(new(name, origin), cancellation).ConfigureAwait(false);
        return package.Index.LatestAt(asOf) ?? throw new Problem(
            ProblemCode.ReleaseNotFound, $"`{name}` has no release that may be used: all are yanked or withdrawn{(asOf is null ? "" : ", or newer than the as-of date")}",
            $"`cairn versions {name}` shows them").Raise();
    }

    public void Dispose() => _value?.Dispose();

    private ImmutableHashSet<PackageName> Unlocked() =>
        edits.Any(edit => edit is ProjectEdit.Update { Name: null })
            ? [.. locked?.Packages.Select(package => package.Id.Name) ?? []]
            : [.. edits.OfType<ProjectEdit.Update>().Select(edit => edit.Name!), .. edits.OfType<ProjectEdit.Add>().Select(edit => edit.Name)];
}
