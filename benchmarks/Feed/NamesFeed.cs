using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Store;

namespace Registry.Benchmarks.Feed;

/// <summary>A feed without archives of one release for each name in a file, for searching among very many.</summary>
internal sealed class NamesFeed(string names, string folder)
{
    private static readonly DateTimeOffset made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Make()
    {
        var clock = new Dated(made);
        FeedWriter.Create(folder, "names", "many names", clock);
        using var writer = FeedWriter.Open(folder, clock, new() { Durability = Durability.Fast, Copies = IndexCopies.Skip });
        writer.Import(File.ReadLines(names).Where(name => PackageName.TryParse(name, out _)).Distinct().Select(Package));
    }

    private static (PackageName Name, ImmutableArray<Release> Releases) Package(string text)
    {
        var name = PackageName.Parse(text);
        var hash = ContentHash.Parse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}");
        return (name, [new Release(new PackageId(name, new SemanticVersion(1, 0, 0)), made, ReleaseStatus.Ok, null, new ArchiveReference(hash, 1000, null), [], Release.NoFeatures)]);
    }
}
