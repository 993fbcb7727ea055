using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations.Packing;

/// <summary>A package as it would be published: its archive, in memory.</summary>
/// <param name="Files">Also those that stay out, with the reason.</param>
internal sealed record PackedPackage(
    PackageMetadata Package, string Folder, ReadOnlyMemory<byte> Bytes, WrittenArchive Archive, ImmutableArray<PackageFile> Files)
{
    public PackageId Id => new(Package.Name, Package.Version);

    public string FileName => $"{ArchiveWriter.TopFolder(Id)}.tar.gz";

    /// <param name="member">Null for the manifest nearest to the folder.</param>
    /// <exception cref="ProblemException">What is wrong with the manifest; Archive… for files that may not be in a package.</exception>
    public static PackedPackage Of(RegistryClient client, string folder, PackageName? member, CancellationToken cancellation)
    {
        var project = OpenedProject.Open(folder, client.Disk);
        var manifest = project.ManifestFor(folder, member);
        var package = manifest.Manifest.Package ?? throw new Problem(
            ProblemCode.ManifestInvalid, $"`{manifest.File}` has no [package], so there is nothing to pack",
            "name a member of the workspace with --package NAME").Raise();
        var root = Path.GetFullPath(Path.Combine(project.Root, manifest.Folder)).TrimEnd(Path.DirectorySeparatorChar);
        var files = Select(project, manifest, root, package, cancellation);
        var name = Path.GetFileName(manifest.File);
        var inputs = files.Where(file => file.IsIn).Select(file => file.Path == name && Standalone(manifest) is { } text
            ? ArchiveInput.FromBytes(name, Encoding.UTF8.GetBytes(text))
            : ArchiveInput.FromFile(file.Path, Path.Combine(root, file.Path), file.Kind));
        using var output = new MemoryStream();
        var written = ArchiveWriter.Write(output, ArchiveWriter.TopFolder(new(package.Name, package.Version)), inputs, ArchiveRules.Publish, cancellation);
        return new(package, root, output.ToArray(), written, files);
    }

    private static ImmutableArray<PackageFile> Select(
        Project project, ProjectManifest manifest, string root, PackageMetadata package, CancellationToken cancellation)
    {
        var outside = project.Manifests.Where(other => other != manifest)
            .Select(other => Path.GetRelativePath(root, Path.Combine(project.Root, other.Folder)))
            .Append(Path.GetRelativePath(root, project.InstallFolder))
            .Where(path => !path.StartsWith("..", StringComparison.Ordinal) && path != ".")
            .Select(path => path.Replace(Path.DirectorySeparatorChar, '/'));
        var files = PackageFiles.Select(root, new(package.Include, package.Exclude, [.. outside]), cancellation);
        return files.FirstOrDefault(file => file.Blocks) is { } blocked
            ? throw new Problem(
                ProblemCode.ArchiveUnsafe,
                $"`{blocked.Path}` cannot be in a package{(blocked.Because is { } because ? $": {because}" : "")}",
                "list it in `exclude` of [package], or take it away").Raise()
            : files;
    }

    /// <summary>The manifest with what it inherits from its workspace written out; null when it inherits nothing.</summary>
    private static string? Standalone(ProjectManifest manifest)
    {
        var inherited = manifest.Document.Manifest.Dependencies.Where(dependency => dependency.IsInherited).ToArray();
        return inherited.Length == 0 ? null : manifest.Manifest.Dependencies
            .Where(dependency => inherited.Any(own => own.Group == dependency.Group && own.LocalName == dependency.LocalName))
            .Aggregate(manifest.Document, (document, dependency) => document.WithDependency(dependency)).Text;
    }
}
