using FsCheck;
using FsCheck.Fluent;
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

    [Theory]
    [InlineData("calls of Linux")]
    [InlineData("framework")]
    public async Task Both_ways_to_write_and_link_do_the_same(string way)
    {
        Assert.SkipWhen(way == "calls of Linux" && !LinuxCalls.AreUsable, "needs Linux");
        TreeFiles files = way == "framework" ? new PortableTreeFiles() : new LinuxTreeFiles();
        var inputs = new[]
        {
            ArchiveInput.FromBytes("bin/run", "#!"u8.ToArray(), FileKind.Executable),
            ArchiveInput.FromBytes("a/b/c/\u00E9", new byte[500_000]),
            ArchiveInput.FromBytes("empty", []),
        };
        var output = new MemoryStream();
        var reference = ArchiveWriter.Write(output, "p-1.0.0", inputs, ArchiveRules.Install).Reference;
        using var store = new ContentStore(new(_sandbox.At("store")), TimeProvider.System, null, files);

        var tree = await store.AddArchiveAsync(output.ToArray(), reference.Hash);
        store.LinkInto(tree, _sandbox.At("out/p"), LinkMode.Files);

        Assert.Equal(reference.Tree, FolderReader.Hash(tree.Folder));
        Assert.Equal(reference.Tree, FolderReader.Hash(_sandbox.At("out/p")));
        Assert.True(files.Matches(tree.Folder, tree.Index));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("r-xr-xr-x", Mode(_sandbox.At("out/p/bin/run")));
            Assert.Equal("r--r--r--", Mode(_sandbox.At("out/p/empty")));
        }
    }

    [Fact]
    public async Task A_folder_is_kept_under_the_hash_of_its_tree_without_its_history()
    {
        _sandbox.Write("checkout/.git/config", "");
        _sandbox.Write("checkout/src/main.gal", "main");
        using var store = Open();

        var tree = await store.AddFolderAsync(_sandbox.At("checkout"));

        Assert.Equal(StoreKey.Of(FolderReader.Hash(_sandbox.At("checkout"))), tree.Key);
        Assert.Equal(["src/main.gal"], tree.Files.Select(file => file.Path));
        Assert.Same(tree, store.Find(tree.Key));
        await Assert.ThrowsAsync<ProblemException>(
            () => store.AddFolderAsync(_sandbox.At("checkout/src"), FolderReader.Hash(_sandbox.At("checkout"))));
    }

    [Fact]
    public async Task A_team_gets_archives_from_its_shared_folder_and_leaves_them_there()
    {
        var (archive, reference) = Packages.Make("log-1.0.0", ("cairn.toml", "x"));
        var notices = new Notices();
        using var first = new ContentStore(new(_sandbox.At("one")) { SharedFolder = _sandbox.At("team") }, TimeProvider.System);
        using var second = new ContentStore(new(_sandbox.At("two")) { SharedFolder = _sandbox.At("team") }, TimeProvider.System, notices);

        Assert.Null(await second.AddSharedAsync(reference.Hash));
        await first.AddArchiveAsync(archive, reference.Hash);
        Assert.NotNull(await second.AddSharedAsync(reference.Hash));

        var shared = _sandbox.At($"team/archives/{reference.Hash.Hex[..2]}/{reference.Hash.Hex}");
        File.WriteAllBytes(shared, archive[..^1]);
        using var third = new ContentStore(new(_sandbox.At("three")) { SharedFolder = _sandbox.At("team") }, TimeProvider.System, notices);
        Assert.Null(await third.AddSharedAsync(reference.Hash));
        Assert.Single(notices.Problems);
        await third.AddArchiveAsync(archive, reference.Hash);
        Assert.Equal(archive, File.ReadAllBytes(shared));
    }

    [Fact]
    public async Task A_collection_keeps_what_projects_use_and_what_is_young()
    {
        var clock = new SettableClock(DateTimeOffset.UtcNow);
        var (used, usedBy) = Packages.Make("a-1.0.0", ("cairn.toml", "a"));
        var (dropped, droppedBy) = Packages.Make("b-1.0.0", ("cairn.toml", "b"));
        var (unused, unusedBy) = Packages.Make("c-1.0.0", ("cairn.toml", "c"));
        Directory.CreateDirectory(_sandbox.At("project"));
        Directory.CreateDirectory(_sandbox.At("gone"));
        using var store = new ContentStore(new(_sandbox.At("store")), clock);
        foreach (var (archive, reference) in new[] { (used, usedBy), (dropped, droppedBy), (unused, unusedBy) })
        {
            await store.AddArchiveAsync(archive, reference.Hash);
        }

        store.RememberProject(_sandbox.At("project"), [usedBy.Hash, droppedBy.Hash]);
        store.RememberProject(_sandbox.At("gone"), [unusedBy.Hash]);
        Directory.Delete(_sandbox.At("gone"));
        clock.Now += TimeSpan.FromDays(40);
        store.RememberProject(_sandbox.At("project"), [usedBy.Hash]);

        var preview = await store.CollectAsync(TimeSpan.FromDays(30), CollectionMode.Preview);
        Assert.True(store.Has(unusedBy.Hash));
        var collected = await store.CollectAsync(TimeSpan.FromDays(30), CollectionMode.Delete);

        Assert.Equal([StoreKey.Of(unusedBy.Hash)], preview.Removed);
        Assert.Equal([StoreKey.Of(unusedBy.Hash)], collected.Removed);
        Assert.Equal((1, 2), (collected.RemovedBytes, collected.Kept));
        Assert.NotNull(store.Find(usedBy.Hash));
        Assert.NotNull(store.Find(droppedBy.Hash));
        Assert.Null(store.Find(unusedBy.Hash));
    }

    [Fact]
    public async Task Statistics_add_up_over_processes()
    {
        var (archive, reference) = Packages.Make("a-1.0.0", ("cairn.toml", "abc"), ("b", "d"));
        Directory.CreateDirectory(_sandbox.At("project"));
        using (var store = Open())
        {
            store.Find(reference.Hash);
            await store.AddArchiveAsync(archive, reference.Hash);
            store.RememberProject(_sandbox.At("project"), [reference.Hash]);
        }

        using var again = Open();
        again.Find(reference.Hash);
        var statistics = await again.StatsAsync();

        Assert.Equal((1, 2, 4), (statistics.Packages, statistics.Files, statistics.Bytes));
        Assert.Equal((1, 1, archive.Length), (statistics.Hits, statistics.Misses, statistics.FetchedBytes));
        Assert.Equal(0.5, statistics.HitRate);
        Assert.Equal([_sandbox.At("project")], statistics.Projects);
    }

    [Fact]
    public async Task Clearing_leaves_an_empty_store_that_works()
    {
        var (archive, reference) = Packages.Make("a-1.0.0", ("cairn.toml", "abc"));
        using var store = Open();
        await store.AddArchiveAsync(archive, reference.Hash);

        Assert.Single((await store.ClearAsync()).Removed);

        Assert.Null(store.Find(reference.Hash));
        Assert.NotNull(await store.AddArchiveAsync(archive, reference.Hash));
    }

    [Fact]
    public void Any_packages_come_out_of_the_store_as_they_went_in()
    {
        var runs = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var files = Enumerable.Range(0, random.Next(1, 15)).Select(i => (
                Path: string.Concat(Enumerable.Repeat($"d{random.Next(3)}/", random.Next(0, 6))) + $"f{i}",
                Content: new string((char)('a' + i), random.Next(0, 3) * random.Next(0, 400_000)))).ToArray();
            var (archive, reference) = Packages.Make($"p-{random.Next()}", files);
            using var store = Open();
            var tree = store.AddArchiveAsync(archive, reference.Hash).GetAwaiter().GetResult();
            var folder = _sandbox.At($"project/{runs++}");
            store.LinkInto(tree, folder, (LinkMode)random.Next(3));
            return FolderReader.Hash(tree.Folder) == reference.Tree && FolderReader.Hash(folder) == reference.Tree
                && tree.FileCount == files.Length && tree.Bytes == files.Sum(file => file.Content.Length);
        }));
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string Mode(string path)
    {
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode & (1 << (8 - bit))) == 0 ? '-' : "rwx"[bit % 3]));
    }

    private ContentStore Open() => new(new StoreOptions(_sandbox.At("store")), TimeProvider.System);
}

internal sealed class SettableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
