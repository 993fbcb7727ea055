using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>A project as it stands on the disk: its manifests and its lockfile, read once.</summary>
public sealed record Project
{
    public const string ManifestName = "cairn.toml";
    public const string LockfileName = "cairn.lock";
    public const string GalManifestName = "gal.toml";
    public const string GalLockfileName = "gal.lock";

    internal Project(string root, ImmutableArray<ProjectManifest> manifests, ProjectLockfile lockfile, ImmutableArray<string> watchedFolders) =>
        (Root, Manifests, Lockfile, WatchedFolders) = (root, manifests, lockfile, watchedFolders);

    /// <summary>Absolute.</summary>
    public string Root { get; }

    /// <summary>The root's first, then the members by folder.</summary>
    public ImmutableArray<ProjectManifest> Manifests { get; }

    public ProjectLockfile Lockfile { get; }

    /// <summary>Folders, relative to the root, in which a new entry may be a new member.</summary>
    public ImmutableArray<string> WatchedFolders { get; }

    public ProjectManifest RootManifest => Manifests[0];

    public StateFolder State => new(Root);

    /// <summary>Relative to the root.</summary>
    public string InstallDirectory => RootManifest.Manifest.Install.Directory;

    /// <summary>The absolute path of the install directory.</summary>
    public string InstallFolder => ProjectPaths.Inside(Root, InstallDirectory);

    /// <summary>The name the lockfile gives to the project.</summary>
    public string LockName => RootManifest.Manifest.Package?.Name.Value ?? Path.GetFileName(Root);

    /// <summary>The project in a folder or the nearest one above it; null when there is none.</summary>
    /// <param name="folder">Absolute.</param>
    public static Project? TryFind(string folder) => ProjectFinder.RootOf(folder) is { } root ? ProjectReader.Read(root) : null;

    /// <exception cref="ProblemException">ManifestMissing, and whatever is wrong with the files.</exception>
    public static Project Find(string folder) => TryFind(folder) ?? throw new Problem(
        ProblemCode.ManifestMissing, $"there is no {ManifestName} in `{folder}` or above it",
        "run `cairn init` to make one, or `--directory FOLDER` to name the project").Raise();

    /// <summary>The manifest that edits are meant for: a member by name, else the one nearest to a folder.</summary>
    /// <param name="folder">Absolute, in the project.</param>
    /// <exception cref="ProblemException">WorkspaceInvalid when no member has the name.</exception>
    public ProjectManifest ManifestFor(string folder, PackageName? member)
    {
        if (member is not null)
        {
            return Manifests.FirstOrDefault(manifest => manifest.Manifest.Package?.Name == member) ?? throw new Problem(
                ProblemCode.WorkspaceInvalid, $"no member of the workspace is called `{member}`",
                NearestName.Of(member.Value, Manifests.Select(m => m.Manifest.DisplayName)) is { } near
                    ? $"did you mean `{near}`?"
                    : "`cairn list` shows the members").Raise();
        }

        var relative = ProjectPaths.Relative(Root, folder);
        return Manifests.Skip(1)
            .Where(manifest => relative == manifest.Folder || relative.StartsWith($"{manifest.Folder}/", StringComparison.Ordinal))
            .MaxBy(manifest => manifest.Folder.Length) ?? RootManifest;
    }
}
