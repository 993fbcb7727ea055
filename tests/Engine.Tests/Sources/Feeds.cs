using Registry.Engine.Store;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Writing;

namespace Registry.Engine.Tests.Sources;

/// <summary>Small feeds for tests.</summary>
internal static class Feeds
{
    public const string Id = "test.example/main";

    /// <summary>The archive of a package with this manifest text below `[package]`.</summary>
    public static byte[] Archive(string name, string version, string more = "", string content = "content\n")
    {
        using var archive = new MemoryStream();
        ArchiveWriter.Write(
            archive, ArchiveWriter.TopFolder(new(PackageName.Parse(name), SemanticVersion.Parse(version))),
            [
                ArchiveInput.FromBytes("cairn.toml", System.Text.Encoding.UTF8.GetBytes($"[package]\nname = \"{name}\"\nversion = \"{version}\"\n{more}")),
                ArchiveInput.FromBytes("src/main.txt", System.Text.Encoding.UTF8.GetBytes(content)),
            ],
            ArchiveRules.Publish);
        return archive.ToArray();
    }

    /// <summary>A feed of two packages: `log` 1.0.0 and 1.1.0, which needs `text`.</summary>
    public static string Make(string folder, TimeProvider clock)
    {
        FeedWriter.Create(folder, Id, "Test", clock);
        using var writer = FeedWriter.Open(folder, clock, new() { Durability = Durability.Fast });
        writer.Add(
            [
                Archive("text", "2.0.0"), Archive("log", "1.0.0"),
                Archive("log", "1.1.0", "description = \"Writes lines\"\nkeywords = [\"log\"]\n[dependencies]\ntext = \"^2.0\"\n"),
            ],
            TestContext.Current.CancellationToken);
        return folder;
    }

    public static FeedCheckReport Check(string folder) => FeedCheck.Run(folder, new Silent(), TestContext.Current.CancellationToken);

    /// <summary>Path and content hash of every file but the writer's lock.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != ".writer")
            .Select(file => $"{Path.GetRelativePath(folder, file)} {ContentHash.Of(File.ReadAllBytes(file))}").Order(StringComparer.Ordinal)];

    public sealed class Silent : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value)
        {
        }
    }
}
