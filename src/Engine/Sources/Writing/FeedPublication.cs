using System.Collections.Immutable;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Writing;

/// <summary>Turns an archive into a release. Nothing is believed but the archive: it is read whole, and its manifest says what it is.</summary>
internal sealed class FeedPublication(FeedDescription feed, DateTimeOffset now)
{
    private const int DependenciesMax = 500;

    private static readonly string[] ManifestNames = ["cairn.toml", "gal.toml"];

    public FeedAddition Add(FeedEdit edit, ReadOnlyMemory<byte> archive, CancellationToken cancellation)
    {
        var hash = ContentHash.Of(archive.Span);
        var rules = ArchiveRules.Publish with { CompressedMax = feed.ArchiveBytesMax };
        var listing = ArchiveReader.List(archive, rules, cancellation);
        var file = ManifestNames.First(name => listing.Files.Any(listed => listed.Path == name));
        var bytes = ArchiveReader.ReadFile(archive, file, rules, cancellation)!;
        var manifest = ManifestDocument.Parse(bytes, file).Manifest;
        var package = Require(manifest);
        var id = new PackageId(package.Name, package.Version);
        if (listing.Summary.TopFolder != ArchiveWriter.TopFolder(id))
        {
            throw Refused(
                $"the archive says it is {id} and has its files in the folder `{Printable.Clip(listing.Summary.TopFolder, 80)}`", "make archives with `cairn pack`");
        }

        var document = edit.Find(package.Name);
        if (document is not null && Existing(document, id, hash) is { } same)
        {
            return new(same, hash, archive.Length, IsNew: false);
        }

        var release = Release(manifest, package, new(hash, archive.Length, listing.Tree), bytes);
        edit.Put(archive);
        edit.Put(bytes);
        edit.Set(
            package.Name, (document is null ? IndexText.New(package.Name) : IndexText.Of(document)).With(release), JournalOperation.Publish, package.Version, hash);
        return new(id, hash, archive.Length, IsNew: true);
    }

    private static PackageMetadata Require(Manifest manifest)
    {
        var package = manifest.Package ?? throw Refused("the manifest has no [package]", "publish one member of the workspace, not its root");
        if (package.IsPrivate)
        {
            throw Refused($"`{package.Name}` is private", "remove `private = true` from its manifest to publish it");
        }

        if (manifest.Dependencies.Length > DependenciesMax)
        {
            throw Refused($"`{package.Name}` has more than {DependenciesMax} dependencies", null);
        }

        return manifest.Dependencies.FirstOrDefault(dependency => dependency.Name == package.Name && dependency.Group != DependencyGroup.Dev) is null
            ? package
            : throw Refused($"`{package.Name}` depends on itself", "take it out of its dependencies");
    }

    /// <summary>The version when the feed has the same bytes under it; null when it does not have it at all.</summary>
    private static PackageId? Existing(IndexDocument document, PackageId id, ContentHash hash)
    {
        if (document.Name.Value != id.Name.Value)
        {
            throw new Problem(
                ProblemCode.NameCaseMismatch, $"the feed has this package as `{document.Name}`, not `{id.Name}`", $"write `name = \"{document.Name}\"` in the manifest").Raise();
        }

        var release = document.Index.Releases.FirstOrDefault(release => release.Id.Version == id.Version);
        return release is null ? null
            : release.Archive?.Hash == hash ? release.Id
            : throw new Problem(
                ProblemCode.VersionExists, $"{id} is published already, with other content", "a version never changes: raise the version in the manifest and publish that").Raise();
    }

    private Release Release(Manifest manifest, PackageMetadata package, ArchiveReference archive, byte[] manifestBytes) =>
        new(new(package.Name, package.Version), now, ReleaseStatus.Ok, new ReleaseDetails
        {
            Archive = archive,
            Manifest = ContentHash.Of(manifestBytes),
            ManifestSize = manifestBytes.Length,
            Dependencies = [.. manifest.Dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev).Select(Published)],
            Features = manifest.Features,
            Engines = package.Engines,
            Links = package.Links,
            License = package.License,
            Description = Clip(package.Description),
            Keywords = [.. package.Keywords.Take(FeedLimits.KeywordsMax)],
            Repository = package.Repository,
            Homepage = package.Homepage,
            Documentation = package.Documentation,
        });

    private static string? Clip(string? description) =>
        description is { Length: > FeedLimits.DescriptionLengthMax } ? description[..FeedLimits.DescriptionLengthMax] : description;

    /// <summary>Others get a path dependency from the feed, so it must say which versions will do.</summary>
    private static Dependency Published(Dependency dependency) => dependency.Origin switch
    {
        DependencyOrigin.Feed => dependency,
        DependencyOrigin.Path or DependencyOrigin.Member when !dependency.Constraint.Versions.IsAll =>
            dependency with { Origin = DependencyOrigin.Feed.Routed },
        DependencyOrigin.Git => throw Refused(
            $"`{dependency.LocalName}` comes from git, which users of a registry cannot rely on", $"publish `{dependency.Name}` and depend on a version of it"),
        _ => throw Refused(
            $"`{dependency.LocalName}` is a folder without a version", $"write the version beside the path: {{ path = \"…\", version = \"^1.0\" }}"),
    };

    private static ProblemException Refused(string message, string? hint) => new Problem(ProblemCode.ManifestInvalid, message, hint).Raise();
}
