using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>Compares a package with the release before it, whose files come from the store or the registry.</summary>
internal sealed class PreviousFiles(PackageSources sources)
{
    public async Task<PackageFacts> CompareAsync(
        PackageFacts facts, IReadOnlyDictionary<string, InspectedFile> files, CancellationToken cancellation)
    {
        if (Before(facts) is not { } before)
        {
            return facts;
        }

        var tree = facts.Packed is null ? null : await TreeAsync(before, facts.Target.Registry, cancellation).ConfigureAwait(false);
        var changes = ManifestComparison.Of(before, facts.Manifest);
        if (tree is not null)
        {
            var now = files.ToDictionary(file => file.Key, file => (file.Value.Size, file.Value.Checksum), StringComparer.Ordinal);
            changes = changes.Concat(FileComparison.Of(tree, now, Path.GetFileName(facts.Selected.Manifest.File)));
        }

        return facts with
        {
            Previous = new(before.Id.Version, before.Published),
            Changes = ReleaseChanges.Of(before.Id.Version, changes, tree is not null),
        };
    }

    /// <summary>The highest release below the version; a withdrawn one only when there is no other.</summary>
    private static Release? Before(PackageFacts facts)
    {
        var lower = facts.Index?.Releases.Where(release => release.Id.Version < facts.Id.Version).ToArray() ?? [];
        return lower.LastOrDefault(release => release.Status == ReleaseStatus.Ok) ?? lower.LastOrDefault();
    }

    /// <summary>Null when it cannot be had: that a review is offline must not stop it.</summary>
    private async Task<StoredTree?> TreeAsync(Release release, string registry, CancellationToken cancellation)
    {
        if (release.Archive is not { } archive)
        {
            return null;
        }

        try
        {
            var locked = new LockedPackage(release.Id, new PackageSource.Feed(registry), archive.Hash, archive.Tree, [], []);
            return await sources.FetchAsync(locked, archive.Size, Silence.Instance, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
