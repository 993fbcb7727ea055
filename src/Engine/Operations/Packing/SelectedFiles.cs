using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations.Packing;

/// <summary>The files of a package, chosen but not packed.</summary>
/// <param name="Root">The package's folder, absolute.</param>
/// <param name="Files">Also those that stay out, with the reason.</param>
internal sealed record SelectedFiles(ProjectManifest Manifest, PackageMetadata Package, string Root, ImmutableArray<PackageFile> Files)
{
    public PackageId Id => new(Package.Name, Package.Version);

    /// <summary>The first file that cannot be in a package; null when all can.</summary>
    public PackageFile? Blocked => Files.FirstOrDefault(file => file.Blocks);

    /// <exception cref="ProblemException">ManifestInvalid without [package]; FileUnavailable.</exception>
    public static SelectedFiles Of(Project project, ProjectManifest manifest, CancellationToken cancellation)
    {
        var package = manifest.Manifest.Package ?? throw new Problem(
            ProblemCode.ManifestInvalid, $"`{manifest.File}` has no [package], so there is nothing to pack",
            "name a member of the workspace with --package NAME").Raise();
        var root = Path.GetFullPath(Path.Combine(project.Root, manifest.Folder)).TrimEnd(Path.DirectorySeparatorChar);
        var outside = project.Manifests.Where(other => other != manifest)
            .Select(other => Path.GetRelativePath(root, Path.Combine(project.Root, other.Folder)))
            .Append(Path.GetRelativePath(root, project.InstallFolder))
            .Where(path => !path.StartsWith("..", StringComparison.Ordinal) && path != ".")
            .Select(path => path.Replace(Path.DirectorySeparatorChar, '/'));
        return new(manifest, package, root, PackageFiles.Select(root, new(package.Include, package.Exclude, [.. outside]), cancellation));
    }

    /// <summary>Builds the archive in memory.</summary>
    /// <exception cref="ProblemException">Archive… for files that may not be in a package, or too many of them.</exception>
    public PackedPackage Pack(CancellationToken cancellation)
    {
        if (Blocked is { } blocked)
        {
            throw new Problem(
                ProblemCode.ArchiveUnsafe,
                $"`{blocked.Path}` cannot be in a package{(blocked.Because is { } because ? $": {because}" : "")}",
                "list it in `exclude` of [package], or take it away").Raise();
        }

        using var output = new MemoryStream();
        var written = ArchiveWriter.Write(output, ArchiveWriter.TopFolder(Id), Inputs(), ArchiveRules.Publish, cancellation);
        return new(Package, Root, output.ToArray(), written, Files);
    }

    /// <summary>What the hash of the archive's tree would be, were it packed now.</summary>
    public TreeHash Tree(CancellationToken cancellation)
    {
        var tree = new TreeHashBuilder();
        foreach (var input in Inputs())
        {
            cancellation.ThrowIfCancellationRequested();
            using var content = input.Open();
            tree.Add(input.Path, input.Kind, SHA256.HashData(content));
        }

        return tree.Build();
    }

    private IEnumerable<ArchiveInput> Inputs()
    {
        var name = Path.GetFileName(Manifest.File);
        return Files.Where(file => file.IsIn).Select(file => file.Path == name && Standalone() is { } text
            ? ArchiveInput.FromBytes(name, Encoding.UTF8.GetBytes(text))
            : ArchiveInput.FromFile(file.Path, Path.Combine(Root, file.Path), file.Kind));
    }

    /// <summary>The manifest with what it inherits from its workspace written out; null when it inherits nothing.</summary>
    private string? Standalone()
    {
        var inherited = Manifest.Document.Manifest.Dependencies.Where(dependency => dependency.IsInherited).ToArray();
        return inherited.Length == 0 ? null : Manifest.Manifest.Dependencies
            .Where(dependency => inherited.Any(own => own.Group == dependency.Group && own.LocalName == dependency.LocalName))
            .Aggregate(Manifest.Document, (document, dependency) => document.WithDependency(dependency)).Text;
    }
}
