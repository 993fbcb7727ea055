using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;

namespace Registry.Engine.Workspace;

/// <summary>Reads the files of a project into values.</summary>
internal static class ProjectReader
{
    private const int LockfileBytesMax = 64 * 1024 * 1024;

    /// <param name="root">Absolute; has a manifest.</param>
    public static Project Read(string root)
    {
        var first = ReadManifest(root, ".", null);
        var (members, watched) = first.Document.Manifest.Workspace is { } workspace
            ? MemberFolders.Expand(root, workspace, first.File)
            : ([], []);
        ImmutableArray<ProjectManifest> manifests = [first, .. members.Select(folder => ReadManifest(root, folder, first.Document.Manifest.Workspace))];
        CheckNames(manifests);
        return new(root, manifests, ReadLockfile(root, first.File), watched);
    }

    /// <summary>A file's bytes, refusing one that is longer than anything we read.</summary>
    public static byte[] ReadBounded(string file, int bytesMax)
    {
        try
        {
            return PlainFile.Read(file, bytesMax) ?? throw new Problem(
                ProblemCode.ManifestTooLarge, $"`{file}` is longer than {bytesMax / 1024} KiB", "check whether it is the right file").Raise();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{file}` cannot be read: {Printable.Of(e.Message)}", "check its permissions").Raise(e);
        }
    }

    private static ProjectManifest ReadManifest(string root, string folder, WorkspaceTable? workspace)
    {
        var name = ProjectFinder.ManifestIn(Path.Combine(root, folder))!;
        var file = ProjectPaths.Combine(folder, name);
        var bytes = ReadBounded(Path.Combine(root, file), ManifestDocument.BytesMax);
        var document = ManifestDocument.Parse(bytes, file);
        if (workspace is not null && document.Manifest.Workspace is not null)
        {
            throw new Problem(
                ProblemCode.WorkspaceInvalid, $"`{file}` is a member of a workspace and has a [workspace] of its own",
                "take one of the two away, or list the folder in `exclude` of the outer one", new(file, 1, 1)).Raise();
        }

        return new(file, folder, document, Effective(document.Manifest, workspace, folder), bytes);
    }

    /// <summary>A root that is a package itself may inherit from its own table too.</summary>
    internal static Manifest Effective(Manifest manifest, WorkspaceTable? workspace, string folder) =>
        (workspace ?? manifest.Workspace) is { } table ? WorkspaceInheritance.Apply(manifest, table, Up(folder)) : manifest;

    private static string Up(string folder) =>
        folder == "." ? "." : string.Join('/', folder.Split('/').Select(_ => ".."));

    private static void CheckNames(ImmutableArray<ProjectManifest> manifests)
    {
        foreach (var twice in manifests.Where(m => m.Manifest.Package is not null).GroupBy(m => m.Manifest.Package!.Name).Where(g => g.Count() > 1))
        {
            throw new Problem(
                ProblemCode.WorkspaceInvalid, $"`{twice.Key}` is the name of both `{twice.First().File}` and `{twice.Last().File}`",
                "give one of them another name", new(twice.Last().File, 1, 1)).Raise();
        }

        if (manifests is [{ Manifest: { Package: null, Workspace: null } } only])
        {
            throw new Problem(
                ProblemCode.ManifestInvalid, $"`{only.File}` has neither [package] nor [workspace]",
                "add `[package]` with a name and a version", new(only.File, 1, 1)).Raise();
        }
    }

    private static ProjectLockfile ReadLockfile(string root, string manifestFile)
    {
        foreach (var name in manifestFile == Project.GalManifestName ? [Project.LockfileName, Project.GalLockfileName] : new[] { Project.LockfileName })
        {
            if (File.Exists(Path.Combine(root, name)))
            {
                return new(name, ReadBounded(Path.Combine(root, name), LockfileBytesMax));
            }
        }

        return new(Project.LockfileName, null);
    }
}
