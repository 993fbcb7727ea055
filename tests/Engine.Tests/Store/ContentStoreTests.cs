using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;
using Registry.Testing;

namespace Registry.Engine.Tests.Store;

public sealed class ContentStoreTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task What_is_added_is_found_by_another_store_object()
    {
        var (archive, reference) = Packages.Make("log-1.0.0", ("cairn.toml", "x"), ("src/a/main.gal", "content"), ("src/b.gal", ""));
        using (var store = Open())
        {
            Assert.Null(store.Find(reference.Hash));
            await store.AddArchiveAsync(new MemoryStream(archive), reference.Hash, reference.Size);
        }

        using var again = Open();
        var tree = again.Find(reference.Hash);
        Assert.NotNull(tree);
        Assert.Equal(["cairn.toml", "src/a/main.gal", "src/b.gal"], tree.Files.Select(file => file.Path));
        Assert.Equal("content", File.ReadAllText(tree.FileAt("src/a/main.gal")!));
        Assert.Equal(8, tree.Bytes);
    }

    [Theory]
    [InlineData(LinkMode.Files)]
    [InlineData(LinkMode.Packages)]
    [InlineData(LinkMode.Copy)]
    public async Task Every_way_of_linking_gives_the_same_files(LinkMode mode)
    {
        var (archive, reference) = Packages.Make("log-1.0.0", ("cairn.toml", "x"), ("src/a/main.gal", "content"), ("src/b.gal", ""));
        using var store = Open();
        var tree = await store.AddArchiveAsync(archive, reference.Hash);

        var folder = _sandbox.At("project/packages/log");
        await store.LinkAsync([new(tree, folder)], mode);

        Assert.Equal(reference.Tree, FolderReader.Hash(folder));
    }

    private ContentStore Open() => new(new StoreOptions(_sandbox.At("store")), TimeProvider.System);
}
