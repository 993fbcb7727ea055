using Registry.Engine.Formats.Archives;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>What an archive says it is.</summary>
internal static class ArchivedManifest
{
    public static PackageMetadata Read(ReadOnlyMemory<byte> archive, CancellationToken cancellation)
    {
        foreach (var name in new[] { "cairn.toml", "gal.toml" })
        {
            if (ArchiveReader.ReadFile(archive, name, ArchiveRules.Publish, cancellation) is { } bytes)
            {
                return ManifestDocument.Parse(bytes, name).Manifest.Package
                    ?? throw new Problem(ProblemCode.ManifestInvalid, "the manifest in the archive has no [package]", "pack a package, not the root of a workspace").Raise();
            }
        }

        throw new Problem(ProblemCode.ManifestMissing, "the archive has no manifest in its top folder", "make archives with `cairn pack`").Raise();
    }
}
