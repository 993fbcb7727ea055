using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Sources.Writing;
using Registry.Testing;

namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>A feed and a project on disk, with a home of their own.</summary>
internal sealed class ShopFolder : IDisposable
{
    private static readonly (string Name, string Version, string More)[] packages =
    [
        ("auth-kit", "1.0.0", "description = \"Sign-in\"\n[dependencies]\nhttp-core = \"^1\"\n"),
        ("http-core", "1.5.0", ""),
        ("http-core", "2.1.0", ""),
        ("log-kit", "1.0.0", "description = \"Writes lines\"\n"),
        ("log-kit", "1.1.0", "description = \"Writes lines\"\n[dependencies]\ntext-kit = \"^2\"\n"),
        ("text-kit", "2.0.0", ""),
        ("web-kit", "1.0.0", "description = \"HTTP server\"\n[dependencies]\nhttp-core = \"^1\"\n"),
        ("web-kit", "2.0.0", "description = \"HTTP server\"\n[dependencies]\nhttp-core = \"^2\"\n"),
    ];

    private readonly Sandbox sandbox = new();

    public ShopFolder()
    {
        FeedWriter.Create(sandbox.At("feed"), "test.example/shop", "Shop", TimeProvider.System);
        using (var writer = FeedWriter.Open(sandbox.At("feed"), TimeProvider.System))
        {
            writer.Add([.. packages.Select(package => new ReadOnlyMemory<byte>(Archive(package.Name, package.Version, package.More)))]);
        }

        sandbox.Write("shop/cairn.toml", """
            [package]
            name = "acme-shop"
            version = "0.1.0"

            [dependencies]
            auth-kit = "^1"
            web-kit = "^1"

            [registries]
            main = "../feed"
            """ + "\n");
    }

    public string Path => sandbox.Path;

    public string Project => sandbox.At("shop");

    public string Read(string file) => File.ReadAllText(sandbox.At($"shop/{file}"));

    public void Write(string file, string text) => sandbox.Write($"shop/{file}", text);

    public bool Has(string path) => System.IO.Path.Exists(sandbox.At($"shop/{path}"));

    public void Dispose() => sandbox.Dispose();

    private static byte[] Archive(string name, string version, string more)
    {
        using var archive = new MemoryStream();
        ArchiveWriter.Write(
            archive, ArchiveWriter.TopFolder(new PackageId(PackageName.Parse(name), SemanticVersion.Parse(version))),
            [
                ArchiveInput.FromBytes("cairn.toml", Encoding.UTF8.GetBytes($"[package]\nname = \"{name}\"\nversion = \"{version}\"\n{more}")),
                // What a stranger may write: it must not reach the terminal.
                ArchiveInput.FromBytes("README.md", Encoding.UTF8.GetBytes($"# {name}\n\nThis is **{name}** {version}.\u001b[2J\u001b]0;gone\u0007\n")),
            ],
            ArchiveRules.Publish);
        return archive.ToArray();
    }
}
