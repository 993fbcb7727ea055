using System.Collections.Immutable;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;

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
        return SelectedFiles.Of(project, project.ManifestFor(folder, member), cancellation).Pack(cancellation);
    }
}
